/** One thing that `homegroup doctor` tells. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

export const ok = (text: string): Finding => ({ ok: true, text });
export const look = (text: string): Finding => ({ ok: false, text });
