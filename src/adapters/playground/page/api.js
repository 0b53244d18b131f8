/**
 * Asks the server for something.
 * @param {string} name
 * @param {object} body
 * @returns {Promise<{ ok: true, answer: Record<string, unknown> } | { ok: false, error: string | undefined }>}
 */
export async function post(name, body) {
  try {
    const response = await fetch(`./api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? { ok: true, answer } : { ok: false, error: answer.error };
  } catch {
    return { ok: false, error: undefined };
  }
}

/** @type {Map<string, Promise<readonly import('./types.js').MenuEntry[]>>} */
const menus = new Map();

/**
 * The slash commands in one language.
 * @param {string} language
 */
export function menuIn(language) {
  const known = menus.get(language);
  if (known) return known;
  const asked = fetch(`./api/menu?language=${encodeURIComponent(language)}`).then((response) => {
    if (!response.ok) throw new Error('The menu could not be loaded.');
    return response.json();
  });
  menus.set(language, asked);
  asked.catch(() => menus.delete(language));
  return asked;
}
