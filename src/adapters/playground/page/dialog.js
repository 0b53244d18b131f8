import { html } from './html.js';
import { useId, useLayoutEffect, useRef } from './vendor/hooks.js';

/**
 * A dialog that holds the focus and closes with Esc.
 * @param {{ title: string, note?: string, closeLabel: string, onClose: () => void, lang?: string, children: unknown }} props
 */
export function Dialog({ title, note, closeLabel, onClose, lang, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const cancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose();
  };
  return html`
    <dialog ref=${dialog} aria-labelledby=${id} lang=${lang} onCancel=${cancel}>
      <header>
        <div>
          ${note && html`<p class="whose">${note}</p>`}
          <h2 id=${id}>${title}</h2>
        </div>
        <button type="button" class="quiet" aria-label=${closeLabel} onClick=${onClose}>✕</button>
      </header>
      ${children}
    </dialog>
  `;
}
