interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly license?: string }>>;
}
interface Advisory {
  readonly severity: string;
  readonly title: string;
  readonly url: string;
}
interface Report {
  readonly vulnerabilities: Readonly<Record<string, { readonly name: string; readonly via: readonly (string | Advisory)[] }>>;
}
interface Accepted {
  readonly url: string;
  readonly reason: string;
  readonly until: string;
}
export function licenceProblems(lock: Lock): readonly string[];
export function auditProblems(report: Report, accepted: readonly Accepted[], now: Date): readonly string[];
