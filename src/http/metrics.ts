import { collectDefaultMetrics, Registry } from 'prom-client';

/** What is shown at `/metrics`: of the process alone. A label that people could fill would be a log that nobody looks through. */
export function makeMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  return metrics;
}
