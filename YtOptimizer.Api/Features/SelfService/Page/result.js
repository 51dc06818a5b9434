// Shows one analysis: a row of the history (`audits`), whose `analysis.result` holds scores, reasons and evidence.
import { $, clock, copyButton, el, lengthOf } from './dom.js';
import { diffLines } from './diff.js';
import { sketch } from './thumbnail.js';

const DESCRIPTION_BYTES = 5000;
const TAG_BUDGET = 500;

const CERTAINTY = { stated: 'YouTube says so', measured: 'measured', custom: 'custom of the field' };

const section = (id, title, extra, ...content) =>
  el('section', { class: 'card', 'aria-labelledby': id }, el('div', { class: 'head' }, el('h3', { id }, title), extra), ...content);

/** Renders into #result. `original` is what the user typed or what YouTube says, where known. */
export function showResult(audit, original) {
  const analysis = audit.analysis ?? {};
  const result = analysis.result ?? {};
  const root = $('result');
  root.replaceChildren(
    el('h2', { id: 'result-title', tabindex: '-1', dir: 'auto' }, audit.video_title || 'Your video'),
    notes(analysis, result),
    score(audit, result),
    titles(audit, result),
    description(audit, result, original),
    tags(audit, result),
    chapters(result),
    thumbnails(result),
    checks(result));
  root.hidden = false;
  $('result-title').focus({ preventScroll: true });
  root.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function notes(analysis, result) {
  const messages = (result.warnings ?? []).map((warning) => warning.message);
  if (analysis.degraded) messages.unshift('A service that helps could not be used this time; this answer rests on the text alone.');
  return messages.length > 0 ? el('ul', { class: 'notes' }, messages.map((text) => el('li', { dir: 'auto' }, text))) : null;
}

/** “Keep yours” with its reason, where the analysis says so. */
function verdict(result, part) {
  const found = (result.verdicts ?? []).find((item) => item.part === part);
  if (!found) return null;
  // A reason may begin with its own word for it.
  const [, word, reason] = /^(?:(Keep yours(?: for now)?|None|Better)[:.]\s*)?(.*)$/s.exec(found.reason);
  return el('p', { class: found.keep ? 'verdict keep' : 'verdict', dir: 'auto' },
    el('strong', {}, `${word ?? (found.keep ? 'Keep yours' : 'Better')}: `), reason);
}

/** What a fix brings, or what a request can bring once its text is written. */
function points(fix) {
  if (fix.scoreAfter > fix.scoreBefore) return ` +${fix.scoreAfter - fix.scoreBefore} points`;
  return fix.scoreUpTo > fix.scoreBefore ? ` up to +${fix.scoreUpTo - fix.scoreBefore} points if you do it` : '';
}

function score(audit, result) {
  const value = audit.score ?? result.score ?? 0;
  const kind = result.kind?.kind ?? result.contentType;
  const fixes = (result.fixes ?? []).map((fix) => el('li', {},
    el('span', { dir: 'auto' }, fix.action),
    el('span', { class: 'points' }, points(fix)),
    fix.newTitle ? el('div', { class: 'quote', dir: 'auto' }, fix.newTitle, ' ', copyButton(fix.newTitle, 'the new title')) : null,
    fix.scoreUpTo > fix.scoreBefore ? el('div', { class: 'dim' }, fix.pointsMean)
      : CERTAINTY[fix.certainty] ? el('div', { class: 'dim' }, CERTAINTY[fix.certainty]) : null));
  return section('score-title', 'Score', null,
    el('div', { class: 'score' },
      el('meter', { min: 0, max: 100, low: 50, high: 75, optimum: 100, value, 'aria-label': 'Score' }),
      el('strong', { class: 'number' }, String(value)), el('span', { class: 'dim' }, 'of 100')),
    el('p', { class: 'dim' }, 'How much of what applies to this video its texts do. It is not a forecast of views.',
      kind && kind !== 'other' ? ` Judged as: ${kind}.` : ''),
    verdict(result, 'score'),
    fixes.length > 0 ? el('div', {}, el('h4', {}, 'What helps most'), el('ol', { class: 'fixes' }, fixes)) : null);
}

function preview(text) {
  return el('div', { class: 'previews', 'aria-hidden': 'true' },
    el('div', { class: 'preview wide' }, el('span', { class: 'screen' }, 'Search'), el('div', { class: 'still' }), el('div', { class: 'line', dir: 'auto' }, text)),
    el('div', { class: 'preview narrow' }, el('span', { class: 'screen' }, 'Phone'), el('div', { class: 'still' }), el('div', { class: 'line', dir: 'auto' }, text)));
}

function titles(audit, result) {
  const list = result.titles ?? (audit.ai_titles ?? []).map((text) => ({ text, reasons: [] }));
  const items = list.map((title) => {
    const length = lengthOf(title.text);
    return el('li', { class: 'suggestion' },
      el('div', { class: 'head' }, el('p', { class: 'text', dir: 'auto' }, title.text), copyButton(title.text, 'title')),
      el('p', { class: 'dim' }, `${length} characters${length > 70 ? ', the end is cut off in search' : ''}`, title.source === 'llm' ? ' · by the language model' : ''),
      (title.reasons ?? []).map((reason) => el('p', { class: 'reason', dir: 'auto' }, reason)),
      el('details', {}, el('summary', {}, 'How it looks'), preview(title.text)));
  });
  return section('titles-title', 'Titles', null, verdict(result, 'title'),
    items.length > 0 ? el('ul', { class: 'plain-list' }, items) : el('p', { class: 'dim' }, 'No title that would be better than yours.'));
}

function description(audit, result, original) {
  const text = audit.ai_description ?? result.description?.text ?? '';
  const bytes = new TextEncoder().encode(text).length;
  const before = original?.description ?? '';
  const body = before
    ? el('div', { class: 'description', dir: 'auto' }, diffLines(before, text).map(({ line, change }) =>
      change === 'same' ? el('div', {}, line || '\u00a0') : el(change === 'added' ? 'ins' : 'del', { dir: 'auto' }, line || '\u00a0')))
    : el('div', { class: 'description', dir: 'auto' }, text);
  const points = result.description?.keyPoints ?? [];
  return section('description-title', 'Description', text ? copyButton(text, 'description') : null, verdict(result, 'description'),
    text ? el('p', { class: 'dim' }, `${bytes} of ${DESCRIPTION_BYTES} bytes`, before && before.trim() !== text.trim() ? ' · what changed is marked' : '') : null, body,
    points.length > 0 ? el('div', {}, el('h4', {}, 'Key points'), el('ul', {}, points.map((point) => el('li', { dir: 'auto' }, point)))) : null);
}

/** Length by YouTube's rule: commas count, a tag with a space counts two more. */
export const tagLength = (tags) => tags.reduce((sum, tag) => sum + [...tag].length + (tag.includes(' ') ? 2 : 0), 0) + Math.max(0, tags.length - 1);

function tags(audit, result) {
  const list = audit.ai_tags ?? result.tags?.tags ?? [];
  const hashtags = result.hashtags ?? [];
  const used = result.tags?.totalLength ?? tagLength(list);
  return section('tags-title', 'Tags', list.length > 0 ? copyButton(list.join(', '), 'all tags') : null, verdict(result, 'tags'),
    el('div', { class: 'budget' }, el('meter', { min: 0, max: TAG_BUDGET, value: used, 'aria-label': 'Tag budget' }), el('span', { class: 'dim' }, `${used} of ${TAG_BUDGET}`)),
    el('ul', { class: 'chips' }, list.map((tag) => el('li', { dir: 'auto' }, tag))),
    hashtags.length > 0 ? el('div', {}, el('div', { class: 'head' }, el('h4', {}, 'Hashtags'), copyButton(hashtags.join(' '), 'hashtags')),
      el('ul', { class: 'chips' }, hashtags.map((tag) => el('li', { dir: 'auto' }, tag)))) : null);
}

const seconds = (time) => {
  const [hours, minutes, rest] = String(time).split(':').map(Number);
  return hours * 3600 + minutes * 60 + (rest || 0);
};

function chapters(result) {
  const list = result.chapters?.chapters ?? [];
  const rows = list.map((chapter) => ({ time: clock(seconds(chapter.start)), title: chapter.title }));
  const text = rows.map((row) => `${row.time} ${row.title}`).join('\n');
  return section('chapters-title', 'Chapters', rows.length > 0 ? copyButton(text, 'chapters') : null, verdict(result, 'chapters'),
    rows.length > 0
      ? el('ol', { class: 'chapters' }, rows.map((row) => el('li', {}, el('span', { class: 'time' }, row.time), ' ', el('span', { dir: 'auto' }, row.title))))
      : el('p', { class: 'dim' }, result.chapters?.needsTimedTranscript ? 'Send a transcript with times (SRT or WebVTT), and chapters can be made.' : 'No chapters for this video.'));
}

function thumbnails(result) {
  const ideas = result.thumbnailIdeas ?? [];
  return section('thumbnails-title', 'Thumbnail ideas', null, verdict(result, 'thumbnails'),
    ideas.length > 0 ? el('ul', { class: 'ideas' }, ideas.map((idea, index) => el('li', {},
      sketch(idea, index),
      el('p', { dir: 'auto' }, idea.concept),
      idea.visualElements?.length ? el('p', { class: 'dim', dir: 'auto' }, `Show: ${idea.visualElements.join(', ')}`) : null,
      idea.overlayText ? copyButton(idea.overlayText, 'words on the thumbnail') : null))) : el('p', { class: 'dim' }, 'No idea that the material supports.'));
}

const LEVELS = { official: 'YouTube says so', measured: 'measured', convention: 'custom of the field' };

function checks(result) {
  const applicable = (result.checks ?? []).filter((check) => check.applicable);
  if (applicable.length === 0) return null;
  return section('checks-title', 'What was checked', null,
    el('ul', { class: 'plain-list checks' }, applicable.map((check) => el('li', {},
      el('div', { class: 'head' }, el('strong', {}, check.title), el('meter', { min: 0, max: 1, value: check.score, 'aria-label': check.title })),
      check.evidence ? el('p', { dir: 'auto' }, check.evidence) : null,
      check.score < 1 && check.fix ? el('p', { dir: 'auto', class: 'reason' }, check.fix) : null,
      el('p', { class: 'dim' }, LEVELS[check.evidenceLevel] ?? '', check.sourceUrl ? [' · ', el('a', { href: check.sourceUrl, rel: 'noreferrer' }, 'source')] : null)))));
}
