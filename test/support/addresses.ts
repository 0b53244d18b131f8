/** Whatever a browser, a telephone or a calendar would open, apart from what closes it where it stands. */
const ADDRESS = /\b(?:https?|webcal|wss?|tel|sms|mailto|slack|discord):[^\s"'<>()[\]{}|\\]+/giu;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Every address in a text, whole: what stands in it is kept by browsers, proxies and whoever previews it. Decoded, with
 * spaces in place of what stands for them.
 * @param ours how those of our own begin, in which words could be joined by anything
 */
export const addressesIn = (text: string, ours: string): string[] =>
  [...text.matchAll(ADDRESS)].map(([address]) => {
    const spaced = plain(address.replaceAll('+', ' '));
    return address.startsWith(ours) ? spaced.replaceAll(/[-_.]/gu, ' ') : spaced;
  });

/** What is left to be looked at apart from them. */
export const withoutAddresses = (text: string): string => text.replaceAll(ADDRESS, '');
