// The user's finished analyses, newest first.
import * as api from './api.js';
import { $, el, notice, show } from './dom.js';

let page = 1;
let handlers = { onShow: () => {}, onSignedOut: () => {} };

export function wireHistory(given) {
  handlers = given;
  $('newer').addEventListener('click', () => openHistory(page - 1));
  $('older').addEventListener('click', () => openHistory(page + 1));
}

export async function openHistory(wanted = 1) {
  try {
    const { data, pagination } = await api.history(wanted);
    page = pagination.page;
    $('history-list').replaceChildren(...(data.length > 0 ? data.map(row) : [el('li', { class: 'dim' }, 'Nothing here yet.')]));
    $('page-of').textContent = pagination.totalPages > 1 ? `Page ${page} of ${pagination.totalPages}` : '';
    show($('newer'), pagination.hasPrev);
    show($('older'), pagination.hasNext);
    show($('history'), true);
    $('history').scrollIntoView({ block: 'start' });
  } catch (error) {
    if (error.status === 401) handlers.onSignedOut();
    else notice(error.message);
  }
}

function row(audit) {
  const title = audit.video_title || 'Untitled';
  const date = new Date(audit.created_at);
  return el('li', {},
    el('button', { type: 'button', class: 'link', dir: 'auto', click: () => handlers.onShow(audit) }, title),
    el('span', { class: 'dim' }, ` ${audit.score ?? '–'} of 100 · `, el('time', { datetime: date.toISOString() }, date.toLocaleDateString())),
    el('button', {
      type: 'button',
      class: 'plain',
      'aria-label': `Delete the analysis of ${title}`,
      click: async () => {
        try {
          await api.remove(audit.id);
          await openHistory(page);
          notice('Deleted.');
        } catch (error) {
          notice(error.message);
        }
      },
    }, 'Delete'));
}
