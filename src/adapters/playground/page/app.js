/** @import { State } from './types.js' */
import { Clock } from './clock.js';
import { Column, useAct } from './column.js';
import { html } from './html.js';
import { AddPerson } from './settings.js';
import { listen, reduce } from './state.js';
import { Tabs } from './tabs.js';
import { useEffect, useReducer, useState } from './vendor/hooks.js';
import { render } from './vendor/preact.js';
import { browserLanguage, loadWords, sayIn } from './words.js';

/** Everybody, or whoever the address names: `?as=sam` on a phone of one's own. */
const chosen = new URLSearchParams(location.search).getAll('as');
const narrow = matchMedia('(max-width: 47.99rem)');

function App() {
  const [state, tell] = useReducer(reduce, /** @type {State | null} */ (null));
  useEffect(() => listen(tell, chosen), []);
  return state && html`<${Page} state=${state} />`;
}

/** @param {{ state: State }} props */
function Page({ state }) {
  const say = sayIn(browserLanguage());
  const { act, error } = useAct(say);
  const [adding, setAdding] = useState(false);
  const { world, views, connected, restarted } = state;
  return html`
    <header class="top">
      <img src="./icon.svg" alt="" width="36" height="36" />
      <div>
        <h1>${say('name')}</h1>
        <p>${say('tagline')} <span>${say('you')}</span></p>
      </div>
      <${Clock} world=${world} say=${say} act=${act} />
      <button type="button" class="add" onClick=${() => setAdding(true)}>${say('add')}</button>
    </header>
    <div class="notices" aria-live="polite">
      ${!connected && html`<p>${say('lost')}</p>`}
      ${connected && restarted && html`<p>${say('restarted')}</p>`}
      ${error && html`<p class="problem">${error}</p>`}
    </div>
    <${People} world=${world} views=${views} say=${say} />
    ${adding && html`<${AddPerson} world=${world} say=${say} act=${act} onClose=${() => setAdding(false)} />`}
  `;
}

/**
 * Side by side where there is room, else one at a time.
 * @param {Pick<State, 'world' | 'views'> & { say: import('./types.js').Say }} props
 */
function People({ world, views, say }) {
  const small = useMatch(narrow);
  const [wanted, setWanted] = useState('');
  const people = world.personas.filter(({ id }) => id in views);
  const shown = people.find(({ id }) => id === wanted) ?? people[0];
  const latest = (/** @type {string} */ id) => Math.max(0, ...(views[id]?.messages ?? []).map(({ changed }) => changed));
  const [read, setRead] = useState(() => new Map(people.map(({ id }) => [id, latest(id)])));
  const isNew = (/** @type {string} */ id) => (read.get(id) ?? 0) < latest(id);
  if (shown && isNew(shown.id)) setRead(new Map(read).set(shown.id, latest(shown.id)));

  const column = (/** @type {typeof people[number]} */ persona) => {
    const view = views[persona.id];
    return html`<${Column} key=${persona.id} persona=${persona} index=${world.personas.indexOf(persona)} view=${view} world=${world} />`;
  };
  if (!small) return html`<main class="people">${people.map(column)}</main>`;
  const tabs = people.map(({ id, name }) => ({
    id,
    label: name,
    mark: id !== shown?.id && isNew(id) ? say('unread') : undefined,
  }));
  return html`
    <main class="people one">
      <${Tabs} name="person" label=${say('people')} tabs=${tabs} chosen=${shown?.id ?? ''} choose=${setWanted}>${shown && column(shown)}<//>
    </main>
  `;
}

/** @param {MediaQueryList} query */
function useMatch(query) {
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const look = () => setMatches(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, [query]);
  return matches;
}

await loadWords();
document.documentElement.lang = browserLanguage();
document.title = sayIn(browserLanguage())('title');
render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById('app')));
