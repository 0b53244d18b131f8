/**
 * Numbers of services, as a word of the index keeps them: rising, each once, as bytes. The first byte says how: gaps between
 * them of seven bits a byte for a word that few have, or one bit for each number for a word that many have, whichever is less.
 */
const GAPS = 0;
const BITS = 1;
const SEVEN = 0x7f;
const MORE = 0x80;

/** Grows by the numbers that are added to it, in their order. */
export class Postings {
  private bytes = new Uint8Array(8);
  private length = 0;
  private last = -1;
  count = 0;

  /** @param no higher than the one before; the same again changes nothing */
  add(no: number): void {
    if (no === this.last) return;
    if (this.length + 5 > this.bytes.length) {
      const more = new Uint8Array(this.bytes.length * 2);
      more.set(this.bytes);
      this.bytes = more;
    }
    let gap = no - this.last - 1;
    while (gap > SEVEN) {
      this.bytes[this.length++] = (gap & SEVEN) | MORE;
      gap >>>= 7;
    }
    this.bytes[this.length++] = gap;
    this.last = no;
    this.count += 1;
  }

  /** As they are stored; empty where there are none. */
  pack(): Uint8Array {
    if (this.count === 0) return new Uint8Array(0);
    const size = (this.last >>> 3) + 1;
    if (size >= this.length) {
      const packed = new Uint8Array(this.length + 1);
      packed.set(this.bytes.subarray(0, this.length), 1);
      return packed;
    }
    const packed = new Uint8Array(size + 1);
    packed[0] = BITS;
    eachGap(this.bytes.subarray(0, this.length), (no) => {
      packed[1 + (no >>> 3)] = (packed[1 + (no >>> 3)] ?? 0) | (1 << (no & 7));
    });
    return packed;
  }
}

function eachGap(bytes: Uint8Array, work: (no: number) => void): void {
  let no = -1;
  let gap = 0;
  let shift = 0;
  for (const byte of bytes) {
    gap |= (byte & SEVEN) << shift;
    shift += 7;
    if (byte >= MORE) continue;
    no += gap + 1;
    work(no);
    gap = 0;
    shift = 0;
  }
}

/** Each number of what was packed, rising. */
export function eachOf(packed: Uint8Array, work: (no: number) => void): void {
  if (packed.length === 0) return;
  if (packed[0] === GAPS) eachGap(packed.subarray(1), work);
  else eachBit(packed.subarray(1), work);
}

function eachBit(bytes: Uint8Array, work: (no: number) => void): void {
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at] as number;
    while (byte !== 0) {
      const low = byte & -byte;
      work(at * 8 + (31 - Math.clz32(low)));
      byte ^= low;
    }
  }
}
