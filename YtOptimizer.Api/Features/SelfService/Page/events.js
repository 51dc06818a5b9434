// Follows the user's jobs over server-sent events. The browser reconnects by itself and tells the server the last event it saw.
import { refresh } from './api.js';

const JOB_EVENTS = ['job-queued', 'job-started', 'job-progress', 'job-completed', 'job-failed', 'job-cancelled'];

/** Opens the stream. `onJob` gets each change of a job, `onEnd` is told when the session is over. Returns a function that closes it. */
export function follow({ onJob, onEnd }) {
  let source = null;
  let closed = false;
  let retry = 0;

  const open = () => {
    if (closed) return;
    source = new EventSource('/api/v1/events');
    source.addEventListener('ready', () => (retry = 0));
    for (const name of JOB_EVENTS) source.addEventListener(name, (event) => onJob(JSON.parse(event.data)));
    source.addEventListener('goodbye', (event) => {
      if (JSON.parse(event.data).reason === 'revoked') {
        close();
        onEnd();
      }
    });
    source.addEventListener('error', async () => {
      // A refused connection is final for the browser: renew the session, wait, and open another.
      if (closed || source.readyState !== EventSource.CLOSED) return;
      await refresh();
      retry = Math.min(retry + 1, 6);
      setTimeout(open, 500 * 2 ** retry);
    });
  };
  const close = () => {
    closed = true;
    source?.close();
  };
  open();
  return close;
}
