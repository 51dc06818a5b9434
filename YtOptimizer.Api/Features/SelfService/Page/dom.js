// Small helpers: elements without innerHTML (all text is data from strangers), copying, notices.

/** Creates an element: `el('p', { class: 'dim', dir: 'auto' }, 'text', child)`. Functions become listeners. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(key, value);
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children.flat());
  return node;
}

export const $ = (id) => document.getElementById(id);

export function show(node, visible) {
  node.hidden = !visible;
}

let noticeTimer = 0;

/** Says something for a moment, also to screen readers. */
export function notice(text) {
  const toast = $('toast');
  toast.textContent = text;
  toast.classList.add('shown');
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => toast.classList.remove('shown'), 2500);
}

/** A button that copies a text. `what` is read out, for example “title”. */
export function copyButton(text, what) {
  return el('button', {
    type: 'button',
    class: 'plain copy',
    'aria-label': `Copy ${what}`,
    click: async () => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        copyBySelection(text);
      }
      notice(`Copied: ${what}`);
    },
  }, 'Copy');
}

// For pages that are not served over https: the clipboard interface is missing there.
function copyBySelection(text) {
  const area = el('textarea', { class: 'offscreen', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

/** Characters as a reader counts them. */
export const lengthOf = (text) => (segmenter ? [...segmenter.segment(text)].length : [...text].length);

/** Seconds as YouTube writes them: 0:00, 12:34, 1:02:03. */
export function clock(seconds) {
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(Math.floor(seconds % 60)).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
