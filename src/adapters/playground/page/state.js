/** @import { Shown, State, StreamEvents, View } from './types.js' */

/** @typedef {{ [E in keyof StreamEvents]: { event: E, data: StreamEvents[E] } }[keyof StreamEvents] | { event: 'gone', data: null }} Happening */

/** @type {View} */
const nothing = { messages: [], form: null };

/**
 * What the page shows after something has happened.
 * @param {State | null} state
 * @param {Happening} happening
 * @returns {State | null}
 */
export function reduce(state, happening) {
  const { event, data } = happening;
  if (event === 'hello') {
    const restarted = state !== null && (state.restarted || state.run !== data.run);
    return { run: data.run, world: data.world, views: data.views, connected: true, restarted };
  }
  if (!state) return state;
  if (event === 'gone') return { ...state, connected: false };
  if (event === 'world') return { ...state, world: data };
  if (event === 'mark') return state;
  const before = state.views[data.for] ?? nothing;
  return { ...state, views: { ...state.views, [data.for]: next(before, happening) } };
}

/**
 * @param {View} view
 * @param {Extract<Happening, { event: 'view' | 'message' | 'form' | 'wiped' }>} happening
 * @returns {View}
 */
function next(view, { event, data }) {
  if (event === 'view') return data.view;
  if (event === 'form') return { ...view, form: data.form };
  if (event === 'wiped') return { ...view, messages: view.messages.filter(({ id }) => id !== data.id) };
  return { ...view, messages: put(view.messages, data.message) };
}

/**
 * @param {readonly Shown[]} messages
 * @param {Shown} message
 */
function put(messages, message) {
  if (!messages.some(({ id }) => id === message.id)) return [...messages, message];
  return messages.map((before) => (before.id === message.id ? message : before));
}

const names = /** @type {const} */ (['hello', 'world', 'view', 'message', 'form', 'wiped', 'mark']);

/** Milliseconds before asking again where the browser gives up, as it does when something else answered than a stream. */
const PAUSE = 3000;

/**
 * Listens until the page is left, through breaks and restarts.
 * @param {(happening: Happening) => void} tell
 * @param {readonly string[]} as personas to be shown; none means everybody.
 */
export function listen(tell, as) {
  const query = new URLSearchParams(as.map((id) => ['as', id])).toString();
  const url = `./api/stream${query && `?${query}`}`;
  let timer = 0;
  let source = open();

  function open() {
    const opened = new EventSource(url);
    for (const event of names) opened.addEventListener(event, ({ data }) => tell({ event, data: JSON.parse(data) }));
    opened.addEventListener('error', () => {
      tell({ event: 'gone', data: null });
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(reopen, PAUSE);
    });
    return opened;
  }

  function reopen() {
    source = open();
  }

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
