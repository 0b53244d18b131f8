import { errorFields } from './errors.js';
import type { Fields } from './fields.js';
import type { Log } from './log.js';

type Warning = NonNullable<Fields['warning']>;
const WARNINGS: readonly Warning[] = [
  'Warning',
  'DeprecationWarning',
  'ExperimentalWarning',
  'MaxListenersExceededWarning',
  'TimeoutOverflowWarning',
  'TimeoutNegativeWarning',
];
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/**
 * Node's own warnings and what libraries write to the console go to the log, without their words: both can quote what
 * somebody wrote. Where it came from is told.
 * @returns puts things back as they were
 */
export function quieten(log: Pick<Log, 'warn'>): () => void {
  const before = process.listeners('warning');
  process.removeAllListeners('warning');
  const onWarning = (warning: Error) => {
    const { code, at } = errorFields(warning);
    const name = WARNINGS.find((one) => one === warning.name) ?? 'another warning';
    log.warn({ warning: name, code, at }, 'Node.js warned of something.');
  };
  process.on('warning', onWarning);
  const methods = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS)
    console[method] = () => {
      const { at } = errorFields(new Error('for its stack'));
      log.warn({ console: method, at }, 'A library wrote to the console. What it wrote is not kept.');
    };
  return () => {
    process.off('warning', onWarning);
    for (const listener of before) process.on('warning', listener);
    for (const [method, was] of methods) console[method] = was;
  };
}
