/** Runs in the page: what keeps people out, one sentence each. Contrast by WCAG 2.2, 1.4.3, which asks for 4.5:1. */
export function shortcomings(): string[] {
  const found: string[] = [];
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`The id ${id} is there twice.`);
  for (const element of document.querySelectorAll('[aria-controls], [aria-labelledby], [aria-describedby], label[for]')) {
    for (const name of ['aria-controls', 'aria-labelledby', 'aria-describedby', 'for']) {
      for (const id of element.getAttribute(name)?.split(' ') ?? [])
        if (!document.getElementById(id)) found.push(`${name} points at ${id}, which is not there.`);
    }
  }
  for (const element of document.querySelectorAll<HTMLInputElement>('button, input, select, textarea, a')) {
    const name =
      element.getAttribute('aria-label') ?? `${element.textContent?.trim() ?? ''}${element.labels?.[0]?.textContent ?? ''}`;
    if (!name.trim() || (element.matches('select') && !element.getAttribute('aria-label') && !element.labels?.length))
      found.push(`No name: ${element.outerHTML}`);
  }
  const channels = (color: string) => (color.match(/[\d.]+/gu) ?? []).map(Number);
  const light = (color: string) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  for (const element of document.querySelectorAll('body *')) {
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!words || !(element as HTMLElement).checkVisibility?.()) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x) as [number, number];
    if ((a + 0.05) / (b + 0.05) < 4.5)
      found.push(`Contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}: ${element.textContent?.trim()}`);
  }
  return found;
}
