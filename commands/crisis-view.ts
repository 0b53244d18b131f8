import { isTopic, type Topic } from '../src/core/support/topics.js';

/** Which screen of `/crisis` is meant. It is carried by what is picked, so that nothing has to be kept anywhere. */
export interface CrisisView {
  /** ISO 3166-1 alpha-2; absent where it is not known. */
  readonly country?: string | undefined;
  /** Absent: the first screen. */
  readonly topic?: Topic | undefined;
  /** ISO 639: lines that speak it go first. Absent: the reader's own. */
  readonly speaks?: string | undefined;
}

export const writeView = ({ country, topic, speaks }: CrisisView): string => [country, topic, speaks].join('/');

/** What {@link writeView} wrote, in the whole or up to the topic; undefined for anything else. */
export function readView(text: string): CrisisView | undefined {
  const parts = /^([A-Z]{2})?\/([a-z]*)(?:\/([a-z]{2,3})?)?$/u.exec(text);
  if (!parts) return undefined;
  const [, country, topic = '', speaks] = parts;
  if (topic !== '' && !isTopic(topic)) return undefined;
  return { country, topic: topic === '' ? undefined : topic, speaks };
}
