/** An answer of Discord that is not a success. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    /** Where in the body, for 50035. */
    readonly errors?: readonly string[],
  ) {
    super(message);
  }

  toJSON() {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors && { errors: { _errors: this.errors.map((message) => ({ code: 'INVALID', message })) } }),
    };
  }
}

export const invalidForm = (errors: readonly string[]) => new Refusal(400, 50035, 'Invalid Form Body', errors);
export const unknown = {
  channel: () => new Refusal(404, 10003, 'Unknown Channel'),
  guild: () => new Refusal(404, 10004, 'Unknown Guild'),
  message: () => new Refusal(404, 10008, 'Unknown Message'),
  user: () => new Refusal(404, 10013, 'Unknown User'),
  webhook: () => new Refusal(404, 10015, 'Unknown Webhook'),
  interaction: () => new Refusal(404, 10062, 'Unknown interaction'),
  route: () => new Refusal(404, 0, '404: Not Found'),
};

/** What the world outside may do to a bot that keeps every rule. */
const notItsFault: readonly number[] = [
  50007, 10003, 10004, 10007, 10008, 10013, 50083, 160005, 160006, 50001, 50013, 50278, 40003, 10070, 30038, 40032, 10065,
];
export const isFault = ({ status, code }: Refusal) =>
  status >= 400 && status < 500 && status !== 429 && status !== 401 && !notItsFault.includes(code);
