import { makePerson } from '../playground/person.js';
import { Screen } from '../playground/screen.js';
import type { Person } from '../stage.js';

/** Milliseconds after which an act of a person that was not answered counts as failed. */
const PATIENCE = 60_000;

/** A persona in the playground of a program that runs elsewhere and may vanish at any moment: what is not answered rejects. */
export async function makePlayer(base: string, persona: string): Promise<Person> {
  const screen = new Screen(persona);
  await screen.open(base);
  return makePerson(persona, screen, async (act, body) => {
    const response = await fetch(`${base}/api/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${act} was refused with ${response.status}: ${text}`);
    const answer = JSON.parse(text) as { at?: number };
    if (answer.at !== undefined) await screen.caughtUp(answer.at);
    return answer as Readonly<Record<string, unknown>>;
  });
}
