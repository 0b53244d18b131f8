import { OperatorError } from '../operator.js';

/** The database cannot be used as it was set up. */
export class DatabaseProblem extends OperatorError {
  override readonly name = 'DatabaseProblem';
}
