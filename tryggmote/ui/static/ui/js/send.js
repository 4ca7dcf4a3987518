// Forms marked data-resend are sent by script, so that losing the network or the session loses nothing:
// the form waits on this device and is sent when it can be. The hidden id in it makes sending twice harmless.

const PREFIX = "tm-unsent:";
const SENT = "tm-sent";
const RETRY_EVERY = 20_000; // ms
const { person } = document.body.dataset;
const strip = document.getElementById("tm-unsent");
const here = () => location.pathname + location.search;

// Storage may be full, or closed to us: sending must go on without it.
const stored = (act, otherwise) => {
  try {
    return act(localStorage);
  } catch {
    return otherwise;
  }
};
const queue = () => stored((kept) => Object.keys(kept).filter((key) => key.startsWith(`${PREFIX}${person}:`)), []);
const keyOf = (form, data) => `${PREFIX}${person}:${data.get("id") ?? form.dataset.draft ?? form.action}`;
const remove = (key) => stored((kept) => kept.removeItem(key));
const csrf = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

// Files wait beside the words, as the browser would send them.
const FILES = "tryggmote-unsent-files";
const isFile = ([, value]) => value instanceof File && value.size > 0;
const placeOf = (key) => `/${encodeURIComponent(key)}`;
const keepFiles = async (key, data) => {
  const files = new FormData();
  [...data].filter(isFile).forEach(([name, file]) => files.append(name, file));
  await (await caches.open(FILES)).put(placeOf(key), new Response(files));
};
const filesOf = async (key) => {
  const kept = "caches" in window && await caches.match(placeOf(key), { cacheName: FILES });
  return kept ? [...await kept.formData()] : [];
};
const forget = (key) => {
  remove(key);
  if ("caches" in window) caches.open(FILES).then((kept) => kept.delete(placeOf(key)));
};

const say = (kind, page) => {
  const { text, unkeptText, signedOutText, staleText, failedText, refusedText } = strip.dataset;
  const { signInLabel, reloadLabel, openLabel } = strip.dataset;
  const texts = {
    waiting: text, unkept: unkeptText, "signed-out": signedOutText, stale: staleText, failed: failedText,
    page: refusedText,
  };
  const links = {
    stale: [here(), reloadLabel],
    "signed-out": [`/logg-inn/?neste=${encodeURIComponent(here())}`, signInLabel],
    page: [page, openLabel],
  };
  strip.textContent = texts[kind] ?? "";
  if (!links[kind]) return;
  const link = document.createElement("a");
  [link.href, link.textContent] = links[kind];
  strip.append(" ", link);
};

const showSent = (address) => {
  const toast = document.getElementById("tm-toast").content.cloneNode(true);
  const link = toast.querySelector("a");
  link.href = new URL(address, location.origin).pathname;
  link.textContent = strip.dataset.sentText;
  document.getElementById("tm-toasts").append(toast);
};

// {kind: "received", location} | {kind: "page", page} | {kind: "waiting" | "signed-out" | "stale" | "failed"}
const post = async (action, body) => {
  let response;
  try {
    response = await fetch(action, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Tryggmote-Send": "1", Accept: "application/json" },
    });
  } catch {
    return { kind: "waiting" };
  }
  if (response.status === 401) return { kind: "signed-out" };
  if (response.status === 429 || response.status >= 500) return { kind: "failed" };
  if (response.headers.get("Content-Type")?.startsWith("application/json")) {
    return { kind: "received", location: (await response.json()).location };
  }
  // Somebody has signed in since the page was drawn: only a new page may send.
  if (response.headers.get("X-Tryggmote-Send") === "stale") return { kind: "stale" };
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // A page that is not ours comes from a network that wants to be signed in to, or from a proxy.
  return page.querySelector("main#innhold") ? { kind: "page", page } : { kind: "failed" };
};

const received = (draft) => document.dispatchEvent(new CustomEvent("tm:received", { detail: { draft } }));
const stillDraft = (draft) => document.dispatchEvent(new CustomEvent("tm:kept", { detail: { draft } }));

const showPage = (page, action) => {
  const main = page.querySelector("main");
  // A form without an address posts to the page it came from, which may not be the one shown in the address bar.
  main.querySelectorAll("form[method=post]:not([action])").forEach((form) => { form.action = action; });
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  (document.querySelector("[data-error-summary]") ?? document.querySelector("main")).focus();
  scrollTo({ top: 0 });
};

const entriesOf = (form, submitter) => {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return data;
};

let isSignedOut = false;

// Says whether it could be kept: not when the storage is full. Then the open page keeps it.
const keepForLater = async (form, data) => {
  if (isSignedOut) return false;
  const entries = [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const waiting = JSON.stringify({ action: form.action, page: here(), entries, draft: form.dataset.draft });
  stillDraft(form.dataset.draft);
  try {
    if ([...data].some(isFile)) await keepFiles(keyOf(form, data), data);
  } catch {
    return false;
  }
  return stored((kept) => kept.setItem(keyOf(form, data), waiting) ?? true, false);
};

// Several tabs may be open, and any of them sends what waits. The one where it was written shows the receipt.
let waitsHere = null; // {key, draft}
const tellOtherTabs = (key, address) => {
  stored((kept) => kept.setItem(SENT, JSON.stringify({ key, address })));
  remove(SENT);
};
addEventListener("storage", (event) => {
  if (event.key !== SENT || !event.newValue) return;
  const { key, address } = JSON.parse(event.newValue);
  if (key !== waitsHere?.key) return;
  received(waitsHere.draft);
  location.assign(address);
});

// Where the network is bad an answer takes its time, and whoever leaves meanwhile has pressed send all the same:
// the next page goes on.
const onTheWay = new Map();
const keepWhatIsOnTheWay = () => onTheWay.forEach((data, form) => keepForLater(form, data));
addEventListener("pagehide", keepWhatIsOnTheWay);

// Whoever signs out is first asked about what is not sent (draft.js); then nothing stays on the phone.
const isSignOut = ({ target }) => target.matches("[data-sign-out]");
addEventListener("submit", (event) => isSignOut(event) && keepWhatIsOnTheWay(), true);
document.addEventListener("submit", (event) => { isSignedOut ||= isSignOut(event) && !event.defaultPrevented; });

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-resend]") || event.defaultPrevented) return;
  event.preventDefault();
  const data = entriesOf(form, event.submitter);
  const buttons = form.querySelectorAll("button[type=submit], button:not([type])");
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  onTheWay.set(form, data);
  const answer = await post(form.action, data);
  onTheWay.delete(form);
  buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  if (answer.kind === "received") {
    forget(keyOf(form, data));
    received(form.dataset.draft);
    location.assign(answer.location);
  } else if (answer.kind === "page") {
    forget(keyOf(form, data));
    stillDraft(form.dataset.draft);
    say("");
    showPage(answer.page, form.action);
  } else {
    const isKept = await keepForLater(form, data);
    if (isKept) waitsHere = { key: keyOf(form, data), draft: form.dataset.draft };
    say(isKept ? answer.kind : "unkept");
    scrollTo({ top: 0 }); // on a phone the button is a screen or two below what was said
  }
});

const sendOne = async (key) => {
  const waiting = stored((kept) => JSON.parse(kept.getItem(key)), null);
  if (!waiting) return; // Another tab has sent it.
  const { action, page, entries, draft } = waiting;
  const body = new FormData();
  [...entries, ...await filesOf(key)].forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", csrf());
  const answer = await post(action, body);
  if (answer.kind === "received" || answer.kind === "page") forget(key);
  if (answer.kind === "received") {
    received(draft);
    tellOtherTabs(key, answer.location);
  }
  say(answer.kind, page);
  // On the form's own page the answer is shown there; elsewhere nobody is torn away from what they are doing.
  if (answer.kind === "received" && page === here()) location.assign(answer.location);
  else if (answer.kind === "received") showSent(answer.location);
  else if (answer.kind === "page" && page === here()) {
    say("");
    showPage(answer.page, action);
  }
};

// What was pressed on a notification without network waits in the service worker (sw.js); from here it goes as
// everything else does. Whichever sends it first: the id in it is the same.
const takeOver = async () => {
  const pressed = await caches.open("tryggmote-unsent");
  for (const request of await pressed.keys()) {
    const sent = await (await pressed.match(request)).json();
    const key = PREFIX + person + new URL(request.url).pathname.replace("/", ":");
    if (sent.person !== person) continue;
    if (stored((kept) => kept.setItem(key, JSON.stringify(sent)) ?? true, false)) await pressed.delete(request);
  }
};

let isSending = false;
let isAskedAgain = false;
const sendWaiting = async () => {
  isAskedAgain = isSending;
  if (!person || isSending) return;
  isSending = true;
  if ("caches" in window) await takeOver().catch(() => {});
  for (const key of queue()) await sendOne(key);
  isSending = false;
  if (isAskedAgain) sendWaiting();
};

addEventListener("online", sendWaiting);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendWaiting());
setInterval(sendWaiting, RETRY_EVERY);
sendWaiting();
