// Calls to the public API. The access token lives in memory only; the refresh token is an HttpOnly cookie that scripts cannot read.

const SIGNED_IN = 'yto-signed-in'; // Only whether to try the cookie on the next visit; no secret.
let accessToken = null;
let refreshing = null;

/** A refused or failed call. `status` is 0 when the server could not be reached. */
export class ApiError extends Error {
  constructor(status, code, message, errors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors ?? {};
  }
}

export const isSignedIn = () => accessToken !== null;

async function send(method, path, body) {
  // Precise refusals: without it a page's mistakes come back as failed jobs, which is for an older client.
  const headers = { Accept: 'application/json', Prefer: 'handling=strict' };
  if (accessToken) headers.Authorization = `Bearer ${accessToken}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin' });
  } catch {
    throw new ApiError(0, 'unreachable', 'The server cannot be reached. Check your connection and try again.');
  }
}

async function read(response) {
  const text = await response.text();
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    // An answer of a proxy, not of the API.
  }
  if (response.ok) return json;
  const details = json?.errors ? Object.values(json.errors).flat() : [];
  const message = details[0] ?? json?.detail ?? json?.message ?? `The server answered with ${response.status}. Try again later.`;
  throw new ApiError(response.status, json?.code, message, json?.errors);
}

/** Calls the API; renews an expired access token once. */
export async function call(method, path, body) {
  let response = await send(method, path, body);
  if (response.status === 401 && accessToken && (await refresh())) response = await send(method, path, body);
  return read(response);
}

function remember(answer) {
  accessToken = answer.accessToken;
  localStorage.setItem(SIGNED_IN, '1');
  return answer;
}

/** Takes the session of an earlier visit up again. False when there is none. */
export async function resume() {
  return localStorage.getItem(SIGNED_IN) ? refresh() : false;
}

// One refresh at a time: a refresh token is spent by its use.
export function refresh() {
  refreshing ??= (async () => {
    try {
      accessToken = null;
      remember(await read(await send('POST', '/api/v1/auth/refresh', {})));
      return true;
    } catch (error) {
      if (error.status === 401) localStorage.removeItem(SIGNED_IN);
      return false;
    } finally {
      refreshing = null;
    }
  })();
  return refreshing;
}

export const register = async (email, password, invitationCode) =>
  remember(await call('POST', '/api/v1/auth/register', invitationCode ? { email, password, invitationCode } : { email, password }));

export const signIn = async (email, password) => remember(await call('POST', '/api/v1/auth/login', { email, password }));

export async function signOut() {
  try {
    await call('POST', '/api/v1/auth/logout', {});
  } finally {
    forget();
  }
}

export function forget() {
  accessToken = null;
  localStorage.removeItem(SIGNED_IN);
}

export const profile = () => call('GET', '/api/v1/auth/profile');
export const submitVideo = (configuration, metadata) => call('POST', '/api/v1/analyze/video', { configuration, metadata });
export const submitTranscript = (transcript, configuration, metadata) => call('POST', '/api/v1/analyze/transcript', { transcript, configuration, metadata });
export const jobStatus = (id) => call('GET', `/api/v1/analyze/job/${id}/status`);
export const cancelJob = (id) => call('POST', `/api/v1/analyze/job/${id}/cancel`, {});
export const history = (page) => call('GET', `/api/v1/analyze/history?page=${page}&limit=10`);
export const remove = (id) => call('DELETE', `/api/v1/analyze/delete/${id}`);
