import os from 'node:os';
import type { Measured } from './protocol.js';

/** @param share 0 to 1 */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function figures(times: readonly number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: percentile(sorted, 1) };
}

export interface Row {
  readonly what: string;
  /** `cpu`: milliseconds of processor time of the measured process for each interaction; a busy machine changes it little. */
  readonly measured: Measured & { readonly cpu: number };
  /** What was asked of the database meanwhile. */
  readonly queries?: number;
}

const ms = (time: number) => time.toFixed(1);
const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function rowOf({ what, measured, queries }: Row): string {
  const { p50, p99, max } = figures(measured.first);
  const form = measured.form ? ms(figures(measured.form).p99) : '';
  return line([
    what,
    measured.sent,
    ms(p50),
    ms(p99),
    ms(max),
    measured.sent - measured.first.length,
    form,
    measured.cpu.toFixed(2),
    queries ?? '',
  ]);
}

export const table = (rows: readonly Row[]): string =>
  [
    line([
      'first response to /checkin now',
      'sent',
      'p50 ms',
      'p99 ms',
      'max ms',
      'late',
      'form p99 ms',
      'CPU ms each',
      'queries',
    ]),
    line(['---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:']),
    ...rows.map(rowOf),
  ].join('\n');

/** How many times as long ours takes. */
export function ratio(ours: Measured, bare: Measured): string {
  const [a, b] = [figures(ours.first), figures(bare.first)];
  return `p50 × ${(a.p50 / b.p50).toFixed(2)}, p99 × ${(a.p99 / b.p99).toFixed(2)}`;
}

export function machine(): string {
  const cpus = os.cpus();
  const load = os.loadavg().map((value) => value.toFixed(1));
  return `${cpus.length} × ${cpus[0]?.model ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, load before: ${load.join(' ')}`;
}
