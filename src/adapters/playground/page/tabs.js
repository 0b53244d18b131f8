import { html } from './html.js';

/**
 * Tabs as the ARIA practices describe them: arrow keys move, one tab stop for all.
 * @template {string} T
 * @param {{ name: string, label: string, tabs: readonly { id: T, label: string, mark?: string }[], chosen: T, choose: (id: T) => void, children: unknown }} props
 */
export function Tabs({ name, label, tabs, chosen, choose, children }) {
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.id);
    document.getElementById(`${name}-${next.id}`)?.focus();
  };
  const tab = (/** @type {typeof tabs[number]} */ { id, label: text, mark }) => html`
    <button
      type="button"
      role="tab"
      id="${name}-${id}"
      aria-selected=${id === chosen}
      aria-controls="${name}-panel"
      tabindex=${id === chosen ? 0 : -1}
      onClick=${() => choose(id)}
    >
      ${text}${mark && html` <span class="mark">${mark}</span>`}
    </button>
  `;
  return html`
    <div role="tablist" aria-label=${label} onKeyDown=${keys}>${tabs.map(tab)}</div>
    <div role="tabpanel" id="${name}-panel" aria-labelledby="${name}-${chosen}">${children}</div>
  `;
}
