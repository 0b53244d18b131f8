/** @import { Field, OpenForm, Persona, Say, World } from './types.js' */
import { Dialog } from './dialog.js';
import { html } from './html.js';
import { Words } from './text.js';
import { useId, useLayoutEffect, useRef } from './vendor/hooks.js';

/** @typedef {{ value: string, label: string }} Choice */
const several = new Set(['choices', 'members', 'roles']);

/**
 * The form that the bot opened for a persona.
 * @param {{ open: OpenForm, persona: Persona, world: World, say: Say, busy: boolean, submit: (id: string, input: object) => void, dismiss: () => void }} props
 */
export function Form({ open, persona, world, say, busy, submit, dismiss }) {
  const { form, problems } = open;
  const element = useRef(/** @type {HTMLFormElement | null} */ (null));
  const first = problems[0]?.field ?? form.fields[0]?.name;
  useLayoutEffect(() => {
    const target = element.current?.querySelector(`[name="${CSS.escape(first ?? '')}"]`);
    if (target instanceof HTMLElement) target.focus();
  }, [open]);

  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy || !element.current) return;
    const data = new FormData(element.current);
    const value = (/** @type {Field} */ { name, kind }) => (several.has(kind) ? data.getAll(name) : (data.get(name) ?? ''));
    submit(form.id, Object.fromEntries(form.fields.map((field) => [field.name, value(field)])));
  };

  return html`
    <${Dialog} title=${form.title} note=${persona.name} closeLabel=${say('close')} onClose=${dismiss} lang=${persona.locale}>
      <form ref=${element} noValidate onSubmit=${send}>
        ${form.intro && html`<p class="intro"><${Words} text=${form.intro} reading=${{ reader: persona, world }} /></p>`}
        ${problems.length > 0 && html`<p class="problem" role="alert">${say('look')}</p>`}
        ${form.fields.map(
          (field) =>
            html`<${FieldOf} key=${field.name} field=${field} world=${world} say=${say} problem=${problems.find((one) => one.field === field.name)?.message} />`,
        )}
        <footer>
          <button type="button" onClick=${dismiss}>${say('cancel')}</button>
          <button type="submit" class="primary" aria-disabled=${busy}>${form.submit}</button>
        </footer>
      </form>
    <//>
  `;
}

/**
 * @param {Field} field
 * @param {World} world
 * @returns {readonly Choice[]}
 */
function choicesOf({ kind, choices = [] }, { personas, roles }) {
  if (kind === 'member' || kind === 'members') return personas.map(({ id, name }) => ({ value: id, label: name }));
  return kind === 'roles' ? roles.map((role) => ({ value: role, label: role })) : choices;
}

/** @param {{ field: Field, world: World, say: Say, problem: string | undefined }} props */
function FieldOf({ field, world, say, problem }) {
  const id = useId();
  const describedby = [field.help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  const about = html`
    ${field.help && html`<p id="${id}-help" class="help">${field.help}</p>`}
    ${problem && html`<p id="${id}-problem" class="problem">${problem}</p>`}
  `;
  const label = html`${field.label} ${!field.required && html`<span class="optional">${say('optional')}</span>`}`;
  const choices = choicesOf(field, world);
  if (several.has(field.kind)) {
    return html`
      <fieldset aria-describedby=${describedby}>
        <legend>${label}</legend>
        ${choices.map(({ value, label: text }) => html`<label class="check"><input type="checkbox" name=${field.name} value=${value} defaultChecked=${field.value?.includes(value)} /> ${text}</label>`)}
        ${about}
      </fieldset>
    `;
  }
  const shared = {
    id,
    name: field.name,
    required: field.required,
    'aria-invalid': problem ? 'true' : undefined,
    'aria-describedby': describedby,
  };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${control(field, shared, choices, say)}
      ${about}
    </div>
  `;
}

/**
 * @param {Field} field
 * @param {object} shared
 * @param {readonly Choice[]} choices
 * @param {Say} say
 */
function control({ kind, value = '', max, required }, shared, choices, say) {
  if (kind === 'long') return html`<textarea ...${shared} rows="3" maxlength=${max} defaultValue=${value}></textarea>`;
  if (kind === 'text') return html`<input ...${shared} type="text" maxlength=${max} autocomplete="off" defaultValue=${value} />`;
  return html`
    <select ...${shared}>
      <option value="" selected=${value === ''}>${say(required ? 'pick' : 'notSaid')}</option>
      ${choices.map((choice) => html`<option value=${choice.value} selected=${choice.value === value}>${choice.label}</option>`)}
    </select>
  `;
}
