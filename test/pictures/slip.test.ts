import { createRequire } from 'node:module';
import { extractImages, extractText, getDocumentProxy } from 'unpdf';
import { canPrint, printSlip, type SlipPaper, tokenInPdf } from '../../src/pictures/slip.js';

const { default: jsQR } = createRequire(import.meta.url)('jsqr') as typeof import('jsqr');
const token = 'A_-b'.repeat(32).concat('AA');
const paper: SlipPaper = {
  title: 'Attendance slip',
  facts: [
    { label: 'Name', value: 'Żółć Nguyễn Дарья Ωmega' },
    { label: 'Group', value: 'G'.repeat(80) },
  ],
  notes: ['It proves little. '.repeat(12), 'It does not prove much. '.repeat(12)],
  qrAlt: 'QR code of the address',
  qr: `https://bot.example.org/verify/${token}`,
  token,
  language: 'en',
  madeAt: new Date('2026-05-05T20:00:00Z'),
};

/** What a camera reads, whatever the picture's channels. */
function scan({ data, width, height, channels }: Awaited<ReturnType<typeof extractImages>>[number]): string | undefined {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = data[i * channels + (channels < 3 ? 0 : c)] ?? 0;
  return jsQR(rgba, width, height)?.data;
}

test('a slip is one page; its letters, its QR code and its token are read back', async () => {
  const bytes = await printSlip(paper);
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  expect(pdf.numPages).toBe(1);
  const { text } = await extractText(pdf, { mergePages: true });
  expect(text).toContain('Żółć Nguyễn Дарья Ωmega');
  expect(text).toContain('It does not prove much.');
  const [image] = await extractImages(pdf, 1);
  expect(image && scan(image)).toBe(paper.qr);
  expect(tokenInPdf(bytes)).toBe(token);
  expect(tokenInPdf(Buffer.from('%PDF-1.3 nothing'))).toBeUndefined();
});

test('who listens to it hears its language, its parts in order, and what the picture is', async () => {
  const pdf = await getDocumentProxy(new Uint8Array(await printSlip(paper)));
  const { info } = await pdf.getMetadata();
  expect(info).toMatchObject({ Language: 'en', Title: 'Attendance slip' });
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
  expect(tree.match(/"role":"\w+"/gu)?.map((role) => role.slice(8, -1))).toEqual([
    ...['Document', 'H1', 'P', 'P', 'Figure', 'P', 'P', 'Root'],
  ]);
  expect(tree).toContain('"alt":"QR code of the address"');
});

test('letters that would be boxes are told of', () => {
  expect(['Ana', 'Żółć', 'Дарья', 'Nguyễn', '山田', 'محمد', '🙂'].map(canPrint)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
