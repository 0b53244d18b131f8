import { drawForm, readForm } from '../../../src/adapters/discord/form.js';
import { limits } from '../../../src/adapters/discord/limits.js';
import type { Choice, Field, Form } from '../../../src/chat/index.js';
import { toSeenForm } from '../../support/discord/modal.js';
import { type Modal, mustBeModal } from '../../support/discord/rules.js';
import { mustFit } from '../../support/discord/schema.js';

const choices = (count: number): Choice[] => Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `Choice ${i}` }));
const fieldOf = (more: Partial<Field>): Field => ({ name: 'field', label: 'Field', kind: 'text', required: false, ...more });
const formOf = (fields: readonly Field[], intro?: Form['intro']): Form => ({
  id: 'id',
  title: 'Title',
  submit: 'Send',
  fields,
  ...(intro && { intro }),
});

/** The modal, once Discord's schema and rules have taken it. */
function drawn(form: Form): Modal {
  const modal = drawForm(form) as Modal;
  mustFit('modal', { type: 9, data: modal });
  mustBeModal(modal);
  return modal;
}
const inputOf = (field: Field) => drawn(formOf([field])).components[0]?.component;

const kinds: [Partial<Field>, object][] = [
  [
    { kind: 'text', max: 10, value: 'hello' },
    { type: 4, style: 1, max_length: 10, value: 'hello', required: false },
  ],
  [
    { kind: 'long', max: 9000 },
    { type: 4, style: 2, max_length: 4000 },
  ],
  [
    { kind: 'choice', choices: choices(2), value: 'v1' },
    { type: 21, options: [{ value: 'v0' }, { value: 'v1', default: true }] },
  ],
  [
    { kind: 'choice', choices: choices(1) },
    { type: 3, max_values: 1 },
  ],
  [
    { kind: 'choice', choices: choices(11), required: true },
    { type: 3, min_values: 1, max_values: 1 },
  ],
  [{ kind: 'choice', choices: choices(26) }, { type: 4 }],
  [
    { kind: 'choices', choices: choices(4), value: ['v0', 'v3'] },
    { type: 22, min_values: 0, max_values: 4 },
  ],
  [
    { kind: 'choices', choices: choices(25), required: true },
    { type: 3, min_values: 1, max_values: 25 },
  ],
  [{ kind: 'choices', choices: choices(26) }, { type: 4 }],
  [
    { kind: 'member', value: '123456789012345678' },
    { type: 5, max_values: 1, default_values: [{ id: '123456789012345678', type: 'user' }] },
  ],
  [
    { kind: 'members', required: true },
    { type: 5, min_values: 1, max_values: 25 },
  ],
  [
    { kind: 'roles', value: ['223456789012345678'] },
    { type: 6, max_values: 25, default_values: [{ id: '223456789012345678', type: 'role' }] },
  ],
];
test.each(kinds)('%j is asked for in a way that fits', (field, expected) => {
  expect(inputOf(fieldOf(field))).toMatchObject(expected);
});

test('five fields and an intro fit, and the intro is still read', () => {
  const five = Array.from({ length: 5 }, (_, i) => fieldOf({ name: `f${i}`, help: 'Help.' }));
  const crowded = drawn(formOf(five, 'Only you see this.'));
  expect(crowded.components).toHaveLength(5);
  expect(crowded.components[0]?.description).toBe('Only you see this. Help.');
  const roomy = drawn(formOf(five.slice(1), ['Only ', { bold: 'you' }, ' see this.']));
  expect(roomy.components[0]).toMatchObject({ type: 10, content: 'Only you see this.' });
  expect(toSeenForm(roomy).fields).toHaveLength(4);
});

test('texts that are too long end visibly', () => {
  const modal = drawn({ ...formOf([fieldOf({ label: 'x'.repeat(60), help: 'y'.repeat(200) })]), title: 'z'.repeat(60) });
  expect(modal.title).toHaveLength(limits.modal.title);
  expect([modal.title, modal.components[0]?.label, modal.components[0]?.description].every((text) => text?.endsWith('…'))).toBe(
    true,
  );
});

test('answers are one text or a list, as the field asked for', () => {
  const input = readForm({
    custom_id: 'id',
    components: [
      { type: 10, id: 1 },
      { type: 18, id: 2, component: { type: 4, id: 3, custom_id: 'note', value: '' } },
      { type: 18, id: 4, component: { type: 21, id: 5, custom_id: 'who', value: null } },
      { type: 18, id: 6, component: { type: 22, id: 7, custom_id: 'halt:many', values: ['tired'] } },
      { type: 18, id: 8, component: { type: 5, id: 9, custom_id: 'chair', values: ['1'] } },
      { type: 18, id: 10, component: { type: 5, id: 11, custom_id: 'people:many', values: [] } },
    ],
  });
  expect(input).toEqual({ note: '', halt: ['tired'], chair: '1', people: [] });
});
