/** The database cannot be used as it was set up; the message is meant for the operator and says what to do. Holds no secret. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
}
