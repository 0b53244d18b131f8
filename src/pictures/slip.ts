import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';

export interface SlipPaper {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Small print, a paragraph each. */
  readonly notes: readonly string[];
  /** What the QR code holds. */
  readonly qr: string;
  /** The same in words, for who does not see it. */
  readonly qrAlt: string;
  /** Found again in the file by {@link tokenInPdf}. */
  readonly token: string;
  /** BCP 47. */
  readonly language: string;
  readonly madeAt: Date;
}

const require = createRequire(import.meta.url);
const REGULAR = require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf');
const BOLD = require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf');
const MARGIN = 56;
const QR_SIZE = 150;
const MARK = 'slip:';
/** For pngjs, in grey and without a filter: it would try each on every line, and the picture be three times as large. */
const GRAY = { colorType: 0, filterType: 0, deflateStrategy: 0 };

let font: Font | undefined;

/** Whether the font has every letter of it. */
export function canPrint(text: string): boolean {
  font ??= openSync(REGULAR) as Font;
  const { hasGlyphForCodePoint } = font;
  return [...text.normalize('NFC')].every((sign) => hasGlyphForCodePoint.call(font, sign.codePointAt(0) as number));
}

/** The token that a slip carries beside what can be read; undefined where the file is no slip of ours. */
export const tokenInPdf = (bytes: Uint8Array): string | undefined =>
  /\(slip:([A-Za-z0-9_-]{130})\)/u.exec(Buffer.from(bytes).toString('latin1'))?.[1];

/** One page as PDF. */
export async function printSlip({ title, facts, notes, qr, qrAlt, token, language, madeAt }: SlipPaper): Promise<Uint8Array> {
  const day = new Date(`${madeAt.toISOString().slice(0, 10)}T00:00:00Z`);
  const info = { Title: title, Keywords: `${MARK}${token}`, Creator: '', Producer: '', CreationDate: day };
  const look = { size: 'A5', margin: MARGIN, lang: language, info, displayTitle: true } as const;
  const doc = new PDFDocument({ ...look, pdfVersion: '1.7', tagged: true });
  const parts: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
  doc.on('data', (part: Buffer) => parts.push(part));
  doc.registerFont('regular', REGULAR).registerFont('bold', BOLD);
  const png = await QRCode.toBuffer(qr, { errorCorrectionLevel: 'M', margin: 2, scale: 6, rendererOpts: GRAY });
  const page = doc.struct('Document');
  doc.addStructure(page);
  page.add(doc.struct('H1', {}, () => void doc.font('bold').fontSize(18).text(title).moveDown(0.6)));
  for (const { label, value } of facts) {
    const says = () => void doc.font('regular').fontSize(8).fillColor('#555555').text(label);
    const said = () => void doc.font('bold').fontSize(11).fillColor('#000000').text(value.normalize('NFC')).moveDown(0.35);
    page.add(doc.struct('P', {}, [says, said]));
  }
  page.add(
    doc.struct('Figure', { alt: qrAlt }, () => {
      doc.moveDown(0.2).image(png, MARGIN, doc.y, { width: QR_SIZE });
    }),
  );
  doc.font('regular').fontSize(7.5).fillColor('#333333').moveDown(0.6);
  for (const note of notes) page.add(doc.struct('P', {}, () => void doc.text(note).moveDown(0.4)));
  page.end();
  doc.end();
  await ended;
  return Buffer.concat(parts);
}
