/** Why a file cannot be taken at all. */
export type NotReadable = 'not-json' | 'not-csv' | 'cut-off' | 'too-large' | 'not-zip' | 'hostile' | 'nothing' | 'not-services';

/** A file that cannot be taken at all. Its message is the reason, and nothing of what is in it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(readonly why: NotReadable) {
    super(why);
  }
}
