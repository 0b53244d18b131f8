/**
 * A text that may be too long for its place. What was cut ends visibly, and not in the middle of a character.
 * @param most UTF-16 units, of which platforms never count more
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const whole = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '');
  return `${whole.trimEnd()}…`;
}
