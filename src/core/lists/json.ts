import { Unreadable } from './unreadable.js';

/** Characters of one element that are kept. */
const MOST_ELEMENT = 4_000_000;
/** Members of the object around a list that are the list. */
const LISTS = /"(?:contents|services|resources|data|items)"\s*:\s*$/u;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const BRACKET = 0x5b;
const COMMA = 0x2c;

/** Follows JSON character by character, and cuts out the elements of its list. */
class Cutter {
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** Depth at which elements begin; undefined: the value itself, until a list is found in it. */
  private listAt: number | undefined;
  private isOver = false;
  private kept = '';
  private isKept = true;

  get isWhole(): boolean {
    return this.depth === 0 && !this.isText;
  }

  /** The elements that end in this piece, as JSON. */
  take(piece: string): string[] {
    const found: string[] = [];
    let from = 0;
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (this.isText) {
        if (this.isEscaped) this.isEscaped = false;
        else if (code === BACKSLASH) this.isEscaped = true;
        else if (code === QUOTE) this.isText = false;
      } else if (code === QUOTE) this.isText = true;
      else if (OPEN.has(code)) {
        if (this.opensList(code, piece.slice(from, i))) {
          this.kept = '';
          from = i + 1;
        }
        this.depth += 1;
      } else if (code === COMMA && this.depth === this.listAt) {
        this.keep(piece.slice(from, i), found);
        from = i + 1;
      } else if (CLOSE.has(code)) {
        this.depth -= 1;
        if (this.depth < 0) throw new Unreadable('not-json');
        const isListEnd = this.listAt !== undefined && this.depth === this.listAt - 1;
        const isValueEnd = this.depth === 0 && this.listAt === undefined;
        if (isListEnd || isValueEnd) this.keep(piece.slice(from, isValueEnd ? i + 1 : i), found);
        if (isListEnd || isValueEnd) from = i + 1;
        if (isListEnd) this.isOver = true;
        if (this.depth === 0) this.restart();
      }
    }
    this.grow(piece.slice(from));
    return found;
  }

  private opensList(code: number, before: string): boolean {
    if (code !== BRACKET || this.listAt !== undefined || this.isOver) return false;
    const isList = this.depth === 0 || (this.depth === 1 && LISTS.test((this.kept + before).slice(-100)));
    if (isList) this.listAt = this.depth + 1;
    return isList;
  }

  private restart(): void {
    this.listAt = undefined;
    this.isOver = false;
    this.kept = '';
    this.isKept = true;
  }

  private grow(more: string): void {
    if (this.isOver) return;
    if (this.kept.length + more.length > MOST_ELEMENT) this.isKept = false;
    this.kept = this.isKept ? this.kept + more : '';
  }

  private keep(more: string, into: string[]): void {
    if (this.isOver) return;
    this.grow(more);
    const text = this.kept.replace(/^\uFEFF/u, '').trim();
    if (text !== '' || !this.isKept) into.push(this.isKept ? text : '"too long"');
    this.kept = '';
    this.isKept = true;
  }
}

/**
 * The records of a JSON text, one at a time: the elements of its list, or of the list in the object around it, or the values
 * that stand one after the other.
 * @throws Unreadable when it is no JSON, or ends before its end
 */
export async function* jsonRecords(texts: AsyncIterable<string>): AsyncGenerator<unknown> {
  const cutter = new Cutter();
  for await (const text of texts)
    for (const element of cutter.take(text)) {
      try {
        yield JSON.parse(element);
      } catch {
        throw new Unreadable('not-json');
      }
    }
  if (!cutter.isWhole) throw new Unreadable('cut-off');
}
