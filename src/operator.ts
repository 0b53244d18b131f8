/**
 * Something that whoever runs the bot can put right. The message says in whole sentences what is wrong and what to do, and
 * never holds a secret: it is shown to them as it is, without a stack.
 */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}
