/** What the benchmark and its load generator, which is a process of its own, say to each other. */

export type PlatformName = 'discord' | 'slack';

export interface Load {
  /** Interactions a second, evenly spread; each is sent at its time whether or not earlier ones were answered. */
  readonly perSecond: number;
  readonly seconds: number;
}

/** Where the loopback platform is. */
export type Address =
  | { readonly platform: 'discord'; readonly token: string; readonly appId: string; readonly apiUrl: string }
  | { readonly platform: 'slack'; readonly botToken: string; readonly appToken: string; readonly apiUrl: string };

export interface Measured {
  readonly sent: number;
  /** Milliseconds from sending an interaction to the arrival of the first response; one for each that was answered in time. */
  readonly first: readonly number[];
  /** Slack only: milliseconds to the arrival of the form. On Discord the form is the first response. */
  readonly form?: readonly number[];
  /** What broke the platform's rules, late and missing responses included. */
  readonly faults: readonly string[];
}

export type FromLoad = { readonly ready: Address } | { readonly measured: Measured };
export type ToLoad = { readonly run: Load };
