// The log pane: one stream at a time, colours of the terminal, filter, follow.
const $ = id => document.getElementById(id);
const LIMIT = 3000;
const CONTROL = /\x1b\[[0-9;?]*[A-Za-z]/g;
const ERROR = /^(fail|crit)\b|\b(ERROR|FATAL|PANIC)\b|Unhandled exception|^\S*Exception: /; // .NET's console format, PostgreSQL, stack traces

/** Splits a line at its terminal colour codes into [class, text] pairs; other control sequences go. */
function colours(line) {
  const parts = [];
  let names = [];
  for (const piece of line.replace(/\x1b\[[0-9;?]*[A-HJKSTfhlsu]/g, "").split(/(\x1b\[[0-9;]*m)/)) {
    const codes = /^\x1b\[([0-9;]*)m$/.exec(piece);
    if (!codes) {
      if (piece) parts.push([names.join(" "), piece.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "")]);
      continue;
    }
    for (const code of codes[1].split(";").map(Number)) {
      if (code === 0) names = [];
      else if (code === 1) names.push("bold");
      else if (code === 2) names.push("faint");
      else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) names = [...names.filter(n => !n.startsWith("c")), `c${code % 10}`];
      else if (code === 39) names = names.filter(n => !n.startsWith("c"));
    }
  }
  return parts;
}

export function startLogs({ onSignedOut, nameOf }) {
  const log = $("log");
  let stream = null;
  let current = null;
  let waiting = [];
  let timer = null;
  let lastNumbers = new Map();

  const matches = (text, bad) => (!$("errors").checked || bad) && text.toLowerCase().includes($("filter").value.trim().toLowerCase());

  function row(resource, line) {
    const bad = line.isError || ERROR.test(line.text.replace(CONTROL, ""));
    const element = document.createElement("div");
    element.className = bad ? "line bad" : "line";
    if (!current) {
      const source = document.createElement("span");
      source.className = `source s${[...resource].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 5}`;
      source.textContent = nameOf(resource);
      element.append(source);
    }
    const text = document.createElement("span");
    text.className = "text";
    for (const [name, part] of colours(line.text)) {
      const span = document.createElement("span");
      if (name) span.className = name;
      span.textContent = part;
      text.append(span);
    }
    element.append(text);
    element.hidden = !matches(element.textContent, bad);
    return element;
  }

  // Lines come in bursts; the page is touched ten times a second at most.
  function flush() {
    timer = null;
    const rows = document.createDocumentFragment();
    for (const [resource, line] of waiting.slice(-LIMIT)) rows.append(row(resource, line));
    waiting = [];
    log.append(rows);
    while (log.childElementCount > LIMIT) log.firstElementChild.remove();
    if ($("follow").checked) log.scrollTop = log.scrollHeight;
  }

  function show(id, scroll = false) {
    if (stream && current === id) {
      if (scroll) $("logs").scrollIntoView({ block: "start" });
      return;
    }
    stream?.close();
    current = id;
    $("source").value = id;
    log.replaceChildren();
    waiting = [];
    lastNumbers = new Map();
    stream = new EventSource(id ? `/api/logs?resource=${encodeURIComponent(id)}` : "/api/logs");
    stream.addEventListener("lines", event => {
      const { resource, lines } = JSON.parse(event.data);
      // After a broken connection the server sends the kept lines again.
      const last = lastNumbers.get(resource) ?? 0;
      for (const line of lines) if (line.number > last) waiting.push([resource, line]);
      lastNumbers.set(resource, Math.max(last, ...lines.map(l => l.number)));
      timer ??= setTimeout(flush, 100);
    });
    stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) onSignedOut(); });
    if (scroll) $("logs").scrollIntoView({ block: "start" });
  }

  function refilter() {
    for (const line of log.children) line.hidden = !matches(line.textContent, line.classList.contains("bad"));
    if ($("follow").checked) log.scrollTop = log.scrollHeight;
  }

  /** Offers the resources in the list; sources are [id, name]. */
  function setSources(sources) {
    const wanted = JSON.stringify(sources);
    const select = $("source");
    if (select.dataset.sources === wanted) return;
    select.dataset.sources = wanted;
    select.replaceChildren(new Option("all resources", ""), ...sources.map(([id, name]) => new Option(name, id)));
    select.value = current ?? "";
  }

  $("source").addEventListener("change", event => show(event.target.value));
  $("filter").addEventListener("input", refilter);
  $("errors").addEventListener("change", refilter);
  $("follow").addEventListener("change", refilter);
  $("clear").addEventListener("click", () => log.replaceChildren());
  $("save").addEventListener("click", () => {
    const text = [...log.children].filter(l => !l.hidden).map(l => [...l.children].map(c => c.textContent).join(" | ")).join("\n");
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text + "\n"], { type: "text/plain" }));
    anchor.download = `${current || "all"}.log`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  });
  // Reading back stops following; the end takes it up again.
  log.addEventListener("scroll", () => {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 30;
    if ($("follow").checked !== atEnd && timer === null) $("follow").checked = atEnd;
  });

  return { show, setSources };
}
