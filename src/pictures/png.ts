import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';

/** The font comes with the program, so a picture looks the same on every machine. */
export const FONT = 'Inter';
const require = createRequire(import.meta.url);
const FILES = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
];

/** Twice the size that it is shown in, for sharp screens. */
const ZOOM = 2;

/** Draws an SVG beside the main thread. Loads nothing from the system or the network. */
export async function toPng(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { fontFiles: FILES, loadSystemFonts: false, defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: ZOOM },
    background: '#ffffff',
  });
  return image.asPng();
}
