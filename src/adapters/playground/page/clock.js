/** @import { Act, Say, World } from './types.js' */
import { Dialog } from './dialog.js';
import { html } from './html.js';
import { useEffect, useId, useState } from './vendor/hooks.js';
import { browserTag } from './words.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The time of the playground, and how to move it.
 * @param {{ world: World, say: Say, act: Act }} props
 */
export function Clock({ world, say, act }) {
  const [asking, setAsking] = useState(false);
  const now = useTime(world);
  const { moved, fixed } = world.clock;
  const time = new Intl.DateTimeFormat(browserTag(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(now);
  const advance = (/** @type {number} */ ms) => void act('clock', { advance: ms });
  return html`
    <div class="clock" role="group" aria-label=${say('clock')}>
      <p>
        <time dateTime=${now.toISOString()}>${time}</time>
        ${moved > 0 && html`<span class="moved" role="status">${say('moved', { amount: amount(moved, say) })}</span>`}
      </p>
      ${
        !fixed &&
        html`
        <button type="button" aria-label=${say('hourLong')} onClick=${() => advance(HOUR)}>${say('hour')}</button>
        <button type="button" aria-label=${say('dayLong')} onClick=${() => advance(DAY)}>${say('day')}</button>
        <button type="button" aria-label=${say('moveToLong')} onClick=${() => setAsking(true)}>${say('moveTo')}</button>
      `
      }
      ${asking && html`<${MoveTo} now=${now} say=${say} act=${act} onClose=${() => setAsking(false)} />`}
    </div>
  `;
}

/** @param {number} ms @param {Say} say */
function amount(ms, say) {
  const minutes = Math.round(ms / 60_000);
  const parts = /** @type {const} */ ([
    ['amountDays', Math.floor(minutes / 1440)],
    ['amountHours', Math.floor((minutes % 1440) / 60)],
    ['amountMinutes', minutes % 60],
  ]);
  return parts
    .filter(([, n]) => n > 0)
    .map(([name, n]) => say(name, { n }))
    .join(' ');
}

/** The playground's time, going on by itself. @param {World} world */
function useTime({ clock }) {
  const [time, setTime] = useState(() => new Date(clock.now));
  useEffect(() => {
    const ahead = Date.parse(clock.now) - Date.now();
    const show = () => setTime(new Date(Date.now() + ahead));
    show();
    const timer = setInterval(show, 10_000);
    return () => clearInterval(timer);
  }, [clock.now]);
  return time;
}

/** @param {{ now: Date, say: Say, act: Act, onClose: () => void }} props */
function MoveTo({ now, say, act, onClose }) {
  const id = useId();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const move = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const value = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('to') ?? '');
    if (value !== '' && (await act('clock', { to: new Date(value).toISOString() }))) onClose();
  };
  return html`
    <${Dialog} title=${say('moveTitle')} closeLabel=${say('close')} onClose=${onClose}>
      <form onSubmit=${move}>
        <p class="intro">${say('moveIntro')}</p>
        <div class="field">
          <label for=${id}>${say('moveField')}</label>
          <input id=${id} name="to" type="datetime-local" min=${local} defaultValue=${local} required />
        </div>
        <footer>
          <button type="button" onClick=${onClose}>${say('cancel')}</button>
          <button type="submit" class="primary">${say('move')}</button>
        </footer>
      </form>
    <//>
  `;
}
