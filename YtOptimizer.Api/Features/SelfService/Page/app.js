// The page: ask, sign in where needed, follow the job, show the answer.
import * as api from './api.js';
import { follow } from './events.js';
import { $, el, notice, show } from './dom.js';
import { openHistory, wireHistory } from './history.js';
import { showResult } from './result.js';
import { askToSignIn, wireSignIn } from './sign-in.js';

const LANGUAGES = ['', 'english', 'spanish', 'french', 'german', 'italian', 'portuguese', 'dutch', 'polish', 'russian', 'ukrainian', 'turkish', 'arabic',
  'hebrew', 'hindi', 'indonesian', 'vietnamese', 'thai', 'chinese', 'japanese', 'korean'];
const TONE = 'Professional & Authoritative';
const POLL_EVERY = 4000;

let current = null; // { jobId, original }
let closeStream = null;
let poll = 0;

function fillLanguages() {
  $('language').append(...LANGUAGES.map((value) => el('option', { value }, value ? value[0].toUpperCase() + value.slice(1) : 'As the video')));
}

function wireTabs() {
  const tabs = [$('tab-link'), $('tab-text')];
  const panels = [$('panel-link'), $('panel-text')];
  const select = (index) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      show(panels[i], i === index);
    });
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => select(index));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      select(1 - index);
      tabs[1 - index].focus();
    });
  });
  $('file').addEventListener('change', async () => {
    const [file] = $('file').files;
    if (file) $('transcript').value = await file.text();
  });
}

function metadata() {
  const text = (id) => $(id).value.trim() || undefined;
  const tags = text('tags')?.split(/[,،、，]/).map((tag) => tag.trim()).filter(Boolean);
  const value = { title: text('title'), description: text('description'), tags, channelTitle: text('channel') };
  return Object.values(value).some(Boolean) ? value : undefined;
}

function formError(text) {
  $('form-error').textContent = text;
  show($('form-error'), Boolean(text));
}

async function submit() {
  const byText = $('tab-text').getAttribute('aria-selected') === 'true';
  const url = $('url').value.trim();
  const transcript = $('transcript').value;
  if (byText ? transcript.trim().length < 50 : !url) {
    formError(byText ? 'Paste a transcript of at least 50 characters, or choose a file.' : 'Paste the link of the video, for example https://www.youtube.com/watch?v=dQw4w9WgXcQ.');
    (byText ? $('transcript') : $('url')).focus();
    return;
  }
  formError('');
  if (!api.isSignedIn() && !(await askToSignIn('Your analyses are kept in your account.'))) return;

  const configuration = { tone: TONE };
  if ($('language').value) configuration.language = $('language').value;
  $('submit').disabled = true;
  try {
    const known = metadata();
    const answer = byText ? await api.submitTranscript(transcript, configuration, known) : await api.submitVideo({ ...configuration, url }, known);
    watch(answer.jobId, known, known?.title ?? (byText ? '' : url));
  } catch (error) {
    if (error.status === 401) return signedOut();
    formError(error.message);
    if (error.errors['metadata.title'] || error.code === 'metadata_needed') $('more').open = true;
  } finally {
    $('submit').disabled = false;
  }
}

function watch(jobId, original, title) {
  current = { jobId, original };
  for (const id of ['failed', 'result', 'history']) show($(id), false);
  $('progress-video').textContent = title;
  progress(0, 'Waiting for a worker');
  show($('progress'), true);
  $('progress').scrollIntoView({ block: 'center' });
  connect();
  clearInterval(poll);
  // The stream carries the news; asking now and then covers a proxy that swallows streams.
  poll = setInterval(ask, POLL_EVERY);
  ask();
}

function progress(percent, text) {
  $('bar').value = percent;
  $('stage').textContent = `${text} (${percent} %)`;
}

async function ask() {
  if (!current) return;
  const { jobId } = current;
  try {
    const job = await api.jobStatus(jobId);
    onJob({ ...job, title: job.data?.video_title });
  } catch (error) {
    if (error.status === 401) signedOut();
  }
}

function onJob(job) {
  if (!current || job.jobId !== current.jobId) return;
  if (job.title) $('progress-video').textContent = job.title;
  if (job.status === 'completed' && job.result) return finish(() => showResult(job.result, current.original));
  if (job.status === 'failed') return finish(() => fail(job.error ?? 'The analysis failed. Try again.'));
  if (job.status === 'cancelled') return finish(() => fail('The analysis was cancelled.'));
  if (job.status === 'pending') progress(0, job.queuePosition > 1 ? `Number ${job.queuePosition} in your queue` : 'Waiting for a worker');
  else progress(Math.max(job.progress ?? 0, $('bar').value), job.message || job.stage || 'Working');
}

function finish(then) {
  clearInterval(poll);
  show($('progress'), false);
  then();
  current = null;
}

function fail(text) {
  $('failed-text').textContent = text;
  show($('failed'), true);
  $('failed').scrollIntoView({ block: 'center' });
}

function connect() {
  closeStream ??= follow({ onJob, onEnd: signedOut });
}

function signedOut() {
  closeStream?.();
  closeStream = null;
  clearInterval(poll);
  current = null;
  api.forget();
  account(null);
  for (const id of ['progress', 'result', 'history']) show($(id), false);
  notice('You are signed out.');
}

function account(user) {
  $('who').textContent = user?.email ?? '';
  for (const id of ['who', 'sign-out', 'open-history']) show($(id), Boolean(user));
  show($('sign-in'), !user);
}

/** After signing in, and after a reload: whose account it is, and a job that is still running. */
async function signedIn() {
  try {
    account(await api.profile());
    connect();
  } catch {
    account({ email: '' });
  }
}

fillLanguages();
wireTabs();
wireSignIn(signedIn);
wireHistory({ onShow: (audit) => showResult(audit, null), onSignedOut: signedOut });
$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
$('again').addEventListener('click', () => {
  show($('failed'), false);
  ($('panel-text').hidden ? $('url') : $('transcript')).focus();
});
$('cancel').addEventListener('click', async () => {
  try {
    if (current) await api.cancelJob(current.jobId);
  } catch (error) {
    notice(error.message);
  }
});
$('sign-in').addEventListener('click', () => askToSignIn('', true));
$('sign-out').addEventListener('click', async () => {
  await api.signOut().catch(() => {});
  signedOut();
});
$('open-history').addEventListener('click', () => openHistory());
if (await api.resume()) await signedIn();
document.documentElement.dataset.ready = 'true';
