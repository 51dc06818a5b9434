// A stand-in for the existing single-page app: its calls, its two sockets and its rule that any failed call signs the user out.
const api = new URLSearchParams(location.search).get('api');
const app = { signedOut: 0, disconnects: [], connects: 0, jobs: new Map(), heard: [], cards: [] };
window.app = app;

app.call = async (method, path, body, headers = {}) => {
  const token = localStorage.getItem('access_token');
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(`${api}/api/v1/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'include' });
  if (!response.ok && token && !headers.Prefer) app.leave();
  return { status: response.status, body: await response.json().catch(() => null) };
};

app.signIn = async (email, password) => {
  const { body } = await app.call('POST', 'auth/login', { email, password });
  localStorage.setItem('access_token', body.accessToken);
  app.enter();
};

app.leave = () => {
  localStorage.removeItem('access_token');
  app.signedOut++;
};

app.enter = () => {
  const options = { transports: ['websocket', 'polling'], withCredentials: true, reconnectionDelay: 50, reconnectionDelayMax: 500 };
  const manager = new io.Manager(api, options);
  app.notifications = manager.socket('/notifications', { auth: { token: localStorage.getItem('access_token') } });
  app.queue = manager.socket('/queue');
  for (const socket of [app.notifications, app.queue]) {
    socket.on('connect', () => app.connects++);
    socket.on('disconnect', (reason) => app.disconnects.push(reason));
  }
  app.notifications.on('initial-notifications', ({ notifications }) => show(() => {
    app.cards = notifications;
    app.welcomed = true;
  }));
  app.notifications.on('new-notification', (card) => show(() => app.cards.unshift(card)));
  app.notifications.on('notification-read', ({ notificationId }) => show(() => app.cards.filter((card) => card.id === notificationId).forEach((card) => (card.isRead = true))));
  for (const name of ['JOB_QUEUED', 'JOB_STARTED', 'JOB_PROGRESS', 'JOB_COMPLETED', 'JOB_FAILED', 'JOB_CANCELLED']) {
    app.queue.on(name, (job) => show(() => {
      app.heard.push(`${name} ${job.jobId}`);
      app.jobs.set(job.jobId, job);
    }));
  }
};

// As the app draws them: only unread cards, a completed job by the audit in data.data.
function show(change) {
  change();
  const item = (id, attributes, text) => {
    const node = document.createElement('li');
    node.id = id;
    for (const [key, value] of Object.entries(attributes)) node.dataset[key] = value;
    node.textContent = text;
    return node;
  };
  document.getElementById('jobs').replaceChildren(...[...app.jobs.values()].map((job) =>
    item(`job-${job.jobId}`, { status: job.status, progress: job.progress }, job.data?.data?.video_title ?? job.error ?? job.stage)));
  document.getElementById('notifications').replaceChildren(...app.cards.filter((card) => !card.isRead).map((card) =>
    item(`card-${card.id}`, { severity: card.severity }, `${card.title}: ${card.message}`)));
}

if (localStorage.getItem('access_token')) app.enter();
