export interface Break {
  /** What somebody would do, as the table in docs/privacy.md says it. */
  readonly threat: string;
  /** The file of the test that has to fail. */
  readonly test: string;
  /** Its name, or a part of it (`-t`); without it all of the file runs. */
  readonly named?: string;
  /** The compiler refuses it too. */
  readonly compiler?: true;
  /** In which file, what is there now, and what is there without the defence. */
  readonly cut: readonly (readonly [file: string, there: string, instead: string])[];
}
export const breaks: readonly Break[];
export function threatsIn(page: string): readonly { readonly threat: string; readonly tests: readonly string[] }[];
