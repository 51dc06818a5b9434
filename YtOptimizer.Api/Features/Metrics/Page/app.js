'use strict';
const byId = id => document.getElementById(id);
const el = (tag, attrs = {}, ...children) => {
  const svg = ['svg', 'path', 'line', 'text', 'title'].includes(tag);
  const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const count = n => n == null ? '–' : n >= 1e6 ? (n / 1e6).toFixed(1) + ' M' : n >= 1e4 ? (n / 1e3).toFixed(1) + ' k' : String(Math.round(n * 100) / 100);
const ms = s => s == null ? '–' : s < 1 ? Math.round(s * 1000) + ' ms' : s.toFixed(2) + ' s';
const bytes = b => b == null ? '–' : b >= 1 << 30 ? (b / (1 << 30)).toFixed(2) + ' GiB' : (b / (1 << 20)).toFixed(0) + ' MiB';
const percent = r => r == null ? '–' : (r * 100).toFixed(r && r < 0.1 ? 1 : 0) + ' %';
const usd = v => '$' + (v ?? 0).toFixed(v && v < 1 ? 4 : 2);
const age = s => s < 90 ? Math.round(s) + ' s' : s < 5400 ? Math.round(s / 60) + ' min' : (s / 3600).toFixed(1) + ' h';

function tile(label, value, mood) {
  return el('div', { class: 'tile ' + (mood ?? '') }, el('b', {}, value), el('span', {}, label));
}

// Points without a sample leave a gap: no data is not zero.
function chart(title, format, from, to, lines, least = 0) {
  const width = 380, height = 130, left = 46, bottom = 18, top = 8;
  const values = lines.flatMap(line => line.points.map(p => p[1])).filter(v => v != null);
  const max = Math.max(...values, least) || 1;
  const x = t => left + (t - from) / (to - from) * (width - left - 4);
  const y = v => top + (1 - v / max) * (height - top - bottom);
  const svg = el('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title });
  for (const part of [0, 0.5, 1]) {
    svg.append(el('line', { class: 'grid', x1: left, x2: width - 4, y1: y(max * part), y2: y(max * part) }));
    svg.append(el('text', { x: left - 6, y: y(max * part) + 3, 'text-anchor': 'end' }, values.length ? format(max * part) : part ? '' : format(0)));
  }
  for (const [t, anchor] of [[from, 'start'], [to, 'end']]) {
    svg.append(el('text', { x: x(t), y: height - 4, 'text-anchor': anchor }, new Date(t).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })));
  }
  const step = window.stepMs;
  const legend = el('div', { class: 'legend' });
  let last = '';
  for (const line of lines) {
    let d = '', before = null;
    for (const [t, v] of line.points) {
      if (v == null) { before = null; continue; }
      d += `${before != null && t - before <= step * 2.5 ? 'L' : 'M'}${x(t).toFixed(1)},${y(v).toFixed(1)}`;
      if (before == null) d += `l0.01,0`;
      before = t;
    }
    svg.append(el('path', { class: line.color, d }));
    legend.append(el('span', {}, el('i', { class: line.color }), line.name));
    const latest = line.points.filter(p => p[1] != null).at(-1);
    if (latest && !last) last = format(latest[1]);
  }
  return el('div', { class: 'chart' }, el('h2', {}, title, el('small', {}, last ? 'now ' + last : 'no data')), svg, legend);
}

function table(title, rows, format = count) {
  const body = rows.slice(0, 12).map(r => el('tr', {}, el('td', {}, Object.entries(r.labels).map(([k, v]) => `${k}: ${v}`).join(' · ') || 'all'), el('td', {}, format(r.value))));
  return el('div', { class: 'table' }, el('h2', {}, title), body.length ? el('table', {}, el('tbody', {}, ...body)) : el('p', { class: 'empty' }, 'Nothing yet.'));
}

function render(data) {
  window.stepMs = data.stepSeconds * 1000;
  const to = Date.parse(data.timestamp), from = to - { '5m': 3e5, '15m': 9e5, '1h': 36e5, '6h': 216e5, '24h': 864e5 }[data.window];
  // The last step is still filling: it would look like a fall at the end of every line.
  const complete = rows => rows.filter(r => Date.parse(r.at) + window.stepMs <= to);
  const series = (name, pick, color) => ({ name, color, points: complete(data.series).map(s => [Date.parse(s.at), pick(s)]) });
  const rate = field => s => s[field] / data.stepSeconds;
  const quantile = (name, field, color) => ({ name, color, points: complete(data.percentiles).map(p => [Date.parse(p.at), p[field]]) });
  const sum = field => data.series.reduce((total, s) => total + s[field], 0);
  const requests = sum('requests'), errors = sum('serverErrors');
  const errorRate = requests ? errors / requests : null;
  const hits = sum('cacheHits'), reads = hits + sum('cacheMisses');
  byId('tiles').replaceChildren(
    tile('requests in the window', count(requests)),
    tile('errors (5xx)', percent(errorRate), errorRate > 0.05 ? 'bad' : ''),
    tile('95 % answered within', ms(data.latency.p95), data.latency.p95 > 2 ? 'bad' : ''),
    tile('jobs waiting', count(data.queue.pending), data.queue.pending > 100 ? 'warn' : ''),
    tile('oldest waiting job', age(data.queue.oldestSeconds), data.queue.oldestSeconds > 60 ? 'bad' : ''),
    tile('jobs running', count(data.queue.running)),
    tile('analyses completed', count(data.summary.totalAudits)),
    tile('OpenAI tokens', count(data.summary.openaiTokens)),
    tile('OpenAI cost', usd(data.summary.openaiCostUsd)),
    tile('database connections', count(data.queue.connections), data.queue.connections > 100 ? 'warn' : ''),
    tile('memory of the fleet', bytes(data.memory.rss)),
    tile('processes (' + Object.entries(data.instances).map(([k, v]) => `${v} ${k}`).join(', ') + ')', count(Object.values(data.instances).reduce((a, b) => a + b, 0))));
  byId('charts').replaceChildren(
    chart('Traffic, requests/s', count, from, to, [series('all', rate('requests'), 'c1'), series('4xx', rate('clientErrors'), 'c3'), series('limited (429)', rate('rateLimited'), 'c5')]),
    chart('Errors, share of requests', percent, from, to, [series('5xx', s => s.requests ? s.serverErrors / s.requests : null, 'c2')], 0.05),
    chart('Latency', ms, from, to, [quantile('p95', 'p95', 'c3'), quantile('p50', 'p50', 'c1'), quantile('p99', 'p99', 'c2')]),
    chart('Queue, jobs', count, from, to, [series('waiting', s => s.queueWaiting, 'c3'), series('running', s => s.queueRunning, 'c1')]),
    chart('Oldest waiting job', age, from, to, [series('age', s => s.queueOldestSeconds, 'c2')], 10),
    chart('Analyses completed', count, from, to, [series('per step', s => s.audits, 'c4')]),
    chart('AI calls', count, from, to, [series('calls', s => s.aiRequests, 'c1'), series('failed', s => s.aiFailures, 'c2')]),
    chart('AI tokens', count, from, to, [series('tokens', s => s.aiTokens, 'c5')]),
    chart('AI cost', usd, from, to, [series('per step', s => s.aiCostUsd, 'c6')], 0.01),
    chart('Database', ms, from, to, [quantile('p95 of commands', 'dbP95', 'c6')]),
    chart('Memory', bytes, from, to, [series('resident', s => s.rssBytes, 'c5'), series('heap', s => s.heapBytes, 'c1')]),
    chart('Sign-ins', count, from, to, [series('granted', s => s.authSuccesses, 'c4'), series('refused', s => s.authFailures, 'c2')]),
    chart('Cache, ' + (reads ? percent(hits / reads) + ' hits' : 'no reads'), count, from, to, [series('hits', s => s.cacheHits, 'c4'), series('misses', s => s.cacheMisses, 'c3')]));
  byId('tables').replaceChildren(
    table('Requests since start', data.details.httpRequests), table('Errors', data.details.errors), table('AI calls', data.details.aiRequests),
    table('Tokens', data.details.openaiTokens), table('Authentication', data.details.authEvents), table('Cache', data.details.cacheOperations));
}

async function refresh() {
  const token = sessionStorage.getItem('metrics_token');
  try {
    const answer = await fetch('/api/v1/metrics-dashboard?window=' + byId('window').value, {
      headers: { Accept: 'application/json', ...(token ? { Authorization: 'Bearer ' + token } : {}) }, signal: AbortSignal.timeout(8000),
    });
    byId('signin').hidden = answer.status !== 401 && answer.status !== 403;
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      byId('state').textContent = problem.detail ?? `answered ${answer.status}`;
      return;
    }
    render(await answer.json());
    byId('state').textContent = 'updated ' + new Date().toLocaleTimeString();
  } catch (error) {
    byId('state').textContent = 'no answer, trying again (' + error.name + ')';
  }
}

byId('signin').addEventListener('submit', event => { event.preventDefault(); sessionStorage.setItem('metrics_token', byId('token').value); byId('token').value = ''; refresh(); });
byId('window').addEventListener('change', refresh);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
setInterval(() => { if (!document.hidden) refresh(); }, 5000);
refresh();
