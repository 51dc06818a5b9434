// The dashboard: resources, their commands and their logs. No framework, nothing from elsewhere.
import { startLogs } from "/logs.js";

const $ = id => document.getElementById(id);
const resources = new Map();

/** Creates an element with attributes and children; text is always set as text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

// ---- sign in ----

async function signIn() {
  const token = new URLSearchParams(location.search).get("t");
  if (location.pathname !== "/login") return;
  history.replaceState(null, "", "/"); // the token has no business in the history
  if (token) await fetch("/api/login", { method: "POST", body: token });
}

function showSignIn() {
  $("signin").hidden = false;
  $("main").hidden = true;
  $("summary").textContent = "Not signed in";
}

// ---- states ----

// Word, tone and sign: colour alone never carries the meaning.
function mood(resource) {
  const { state, health, exitCode } = resource;
  if (state === "Running") {
    if (health === "Unhealthy") return ["Unhealthy", "bad", "✕"];
    if (health === "Degraded") return ["Degraded", "wait", "!"];
    return [isService(resource) ? "Running" : "Ready", "good", "●"];
  }
  if (state === "Active") return ["Ready", "good", "●"];
  if (state === "Finished" || (state === "Exited" && exitCode === 0)) return [exitCode ? `Ended with code ${exitCode}` : "Finished", exitCode ? "bad" : "calm", exitCode ? "✕" : "✓"];
  if (state === "Exited") return [exitCode == null ? "Ended" : `Ended with code ${exitCode}`, "bad", "✕"];
  if (state === "FailedToStart" || state === "RuntimeUnhealthy" || state === "ValueMissing") return [words(state), "bad", "✕"];
  if (!state || state === "NotStarted" || state === "Unavailable") return [state ? words(state) : "Not started", "calm", "○"];
  return [words(state), "wait", "◐"];
}

const words = text => text.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);

// Servers and projects come first; values without a process fold away.
const isService = resource => ["Project", "Server", "Executable", "Container"].includes(resource.type);

/** "api" when there is one of them, "api 2" when there are replicas. */
function title(resource) {
  const siblings = [...resources.values()].filter(r => r.name === resource.name).map(r => r.id).sort();
  return siblings.length > 1 ? `${resource.name} ${siblings.indexOf(resource.id) + 1}` : resource.name;
}

// ---- cards ----

const cards = new Map();

function render(resource) {
  resources.set(resource.id, resource);
  if (cards.has(resource.id)) {
    draw(resource);
  } else {
    cards.set(resource.id, make("li"));
    const order = r => `${r.type === "Server" ? 0 : 1} ${r.name} ${r.id}`;
    for (const each of [...resources.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
      (isService(each) ? $("services") : $("value-list")).append(cards.get(each.id));
      if (each.name === resource.name) draw(each); // a second replica gives the first one a number
    }
  }
  summarize();
}

function draw(resource) {
  const card = cards.get(resource.id);
  const next = fill(resource);
  // An update must not take the focus away from a button the user is on.
  const focused = card.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  card.className = `card ${mood(resource)[1]}`;
  card.replaceChildren(...next);
  if (focused) card.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function fill(resource) {
  const [word, tone, sign] = mood(resource);
  const name = title(resource);
  const rows = [
    make("div", { class: "head" },
      make("h3", {}, name, " ", make("small", {}, resource.type)),
      make("span", { class: `state ${tone}` }, make("span", { "aria-hidden": "true" }, sign), ` ${word}`)),
  ];
  const failing = resource.checks.filter(c => c.status !== "Healthy" && c.description);
  if (resource.state === "Running" && failing.length) {
    rows.push(make("p", { class: "why" }, failing.map(c => c.description).join("; ")));
  }
  if (resource.links.length) rows.push(make("ul", { class: "links", "aria-label": `Endpoints of ${name}` }, ...resource.links.map(link)));
  const actions = resource.commands.map(command => commandButton(resource, command, name));
  if (isService(resource)) {
    actions.push(make("button", { type: "button", class: "quiet", "data-key": "logs", "aria-label": `Logs of ${name}`, onclick: () => logs.show(resource.id, true) }, "Logs"));
  }
  if (actions.length) rows.push(make("div", { class: "actions" }, ...actions));
  return rows;
}

function link({ url, text }) {
  if (/^https?:\/\//.test(url)) {
    const short = url.replace(/^http:\/\//, "");
    return make("li", {}, make("a", { href: url, target: "_blank", rel: "noopener noreferrer", "data-key": url, title: url }, text || short));
  }
  return make("li", {}, make("code", {}, url));
}

function commandButton(resource, command, name) {
  return make("button", {
    type: "button",
    class: command.highlighted ? "primary" : null,
    disabled: !command.enabled,
    title: command.description,
    "data-key": command.name,
    "aria-label": `${command.title}: ${name}`,
    onclick: event => run(resource, command, name, event.currentTarget),
  }, command.title);
}

async function run(resource, command, name, button) {
  if (command.confirmation && !await confirm(command.confirmation)) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`/api/resources/${encodeURIComponent(resource.id)}/commands/${encodeURIComponent(command.name)}`, { method: "POST" });
    if (response.status === 401) return showSignIn();
    const reply = response.ok ? await response.json() : { success: false, message: `The dashboard answers ${response.status}.` };
    toast(`${name}: ${reply.message ?? (reply.success ? `${command.title} done.` : `${command.title} failed.`)}`, reply.success);
  } catch {
    toast(`${name}: the application does not answer.`, false);
  } finally {
    button.removeAttribute("aria-busy");
    button.disabled = !command.enabled;
  }
}

function confirm(text) {
  const dialog = $("confirm");
  $("confirm-text").textContent = text;
  dialog.showModal();
  return new Promise(resolve => {
    $("confirm-yes").onclick = () => dialog.close("yes");
    $("confirm-no").onclick = () => dialog.close("no");
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}

function toast(text, good) {
  const box = make("div", { class: good ? "toast" : "toast bad" }, text);
  $("toasts").append(box);
  setTimeout(() => box.remove(), good ? 5000 : 15000);
}

function summarize() {
  const services = [...resources.values()].filter(isService);
  const tones = services.map(r => mood(r)[1]);
  const bad = tones.filter(t => t === "bad").length;
  const waiting = tones.filter(t => t === "wait").length;
  const running = tones.filter(t => t === "good").length;
  $("summary").textContent = bad ? `${bad} of ${services.length} need attention` : waiting ? `${waiting} of ${services.length} starting` : `${running} running`;
  $("summary").className = bad ? "bad" : waiting ? "wait" : "good";
  document.title = `${bad ? "✕ " : waiting ? "◐ " : ""}YtOptimizer dashboard`;
  const values = resources.size - services.length;
  $("values").hidden = values === 0;
  $("values-count").textContent = `(${values})`;
  logs.setSources(services.map(r => [r.id, title(r)]));
}

// ---- theme ----

const themes = ["system", "light", "dark"];
function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").setAttribute("aria-label", `Theme: ${theme}`);
  $("theme").querySelector("b").textContent = theme;
}
$("theme").addEventListener("click", () => {
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
  localStorage.setItem("theme", next);
  applyTheme(next);
});
applyTheme(themes.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "system");

// ---- live ----

const logs = startLogs({ onSignedOut: showSignIn, nameOf: id => resources.has(id) ? title(resources.get(id)) : id });

function connect() {
  const stream = new EventSource("/api/resources");
  stream.addEventListener("open", () => { $("signin").hidden = true; $("main").hidden = false; });
  stream.addEventListener("resource", event => render(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    // Closed means refused: the session is unknown, for example after a restart of the application.
    if (stream.readyState === EventSource.CLOSED) return showSignIn();
    $("summary").textContent = "Connection lost, trying again …";
    $("summary").className = "wait";
  });
}

await signIn();
connect();
logs.show("");
