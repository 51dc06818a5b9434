// A thumbnail idea as a sketch: 16:9, its layout, its colours and its words. Drawn as SVG, so that it scales and needs no picture.
import { svg } from './dom.js';

const PALETTES = [
  { back: '#12233f', shape: '#2f6df0', text: '#ffffff', accent: '#ffd54a' },
  { back: '#2b1420', shape: '#d6336c', text: '#ffffff', accent: '#8ce99a' },
  { back: '#10312b', shape: '#12b886', text: '#ffffff', accent: '#ffe066' },
];
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

/** The words in at most three lines of about `width` units; wide characters count twice. */
function lines(text, width) {
  const result = [''];
  const units = (part) => [...part].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
  const words = WIDE.test(text) && !text.includes(' ') ? [...text] : text.split(/\s+/);
  const glue = WIDE.test(text) && !text.includes(' ') ? '' : ' ';
  for (const word of words) {
    const next = result.at(-1) ? result.at(-1) + glue + word : word;
    if (result.at(-1) && units(next) > width && result.length < 3) result.push(word);
    else result[result.length - 1] = next;
  }
  return { rows: result, widest: Math.max(...result.map(units), 1) };
}

function subject(palette, number) {
  const shapes = [
    () => [svg('circle', { cx: 1000, cy: 300, r: 150, fill: palette.shape }), svg('rect', { x: 790, y: 470, width: 420, height: 300, rx: 150, fill: palette.shape })],
    () => [svg('rect', { x: 760, y: 110, width: 440, height: 500, rx: 28, fill: palette.shape }), svg('circle', { cx: 980, cy: 360, r: 120, fill: palette.accent, 'fill-opacity': 0.85 })],
    () => [svg('path', { d: 'M640 0H1280V720H520z', fill: palette.shape }), svg('path', { d: 'M900 240l190 120-190 120z', fill: palette.accent })],
  ];
  return shapes[number % shapes.length]();
}

/** @param {{overlayText: string, concept?: string}} idea  @param {number} number position in the list, for variety */
export function sketch(idea, number) {
  const palette = PALETTES[number % PALETTES.length];
  const text = idea.overlayText ?? '';
  const rtl = RIGHT_TO_LEFT.test(text);
  const { rows, widest } = lines(text, 12);
  const size = Math.min(132, Math.floor(1050 / widest));
  const top = 360 - ((rows.length - 1) * size * 1.15) / 2;
  const label = text ? `Sketch of a thumbnail with the words “${text}”` : 'Sketch of a thumbnail without words';
  return svg('svg', { viewBox: '0 0 1280 720', role: 'img', 'aria-label': label, class: 'sketch' },
    svg('rect', { width: 1280, height: 720, fill: palette.back }),
    subject(palette, number),
    rows.filter(Boolean).map((row, index) => svg('text', {
      x: rtl ? 700 : 70, y: top + index * size * 1.15, 'font-size': size, 'font-weight': 800, fill: index === rows.length - 1 && rows.length > 1 ? palette.accent : palette.text,
      'dominant-baseline': 'central', 'text-anchor': 'start', direction: rtl ? 'rtl' : 'ltr', stroke: palette.back, 'stroke-width': size / 12, 'paint-order': 'stroke',
    }, row)));
}
