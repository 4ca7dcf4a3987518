// Calls for help. Sends one until somebody has taken it, shows those of others over the whole page, and keeps on
// showing them when the stream is down. What a call looks like is decided by its state (app.state_of_call) alone.

const ARMED_FOR = 5_000; // ms between two presses in the same place
const KEY_WITHIN = 2_000; // ms between two presses of F8
const HOLD_FOR = 800; // ms
const TRY_WITHIN = 3_000; // ms for one attempt
const TRY_EVERY = 1_000; // ms
const POLL_EVERY = 5_000; // ms while the stream is down
const TOO_OLD = 15 * 60_000; // ms; a call from before the phone was off must not ring now
const SHORTCUT = "F8"; // types nothing, and no browser uses it

const { person, stream } = document.body.dataset;
const alarm = stream?.replace(/\/stream$/, "");
const box = document.getElementById("tm-call");
const line = document.getElementById("tm-call-line");
const words = JSON.parse(document.getElementById("tm-call-words").textContent);
const part = (name) => box.querySelector(`[data-c="${name}"]`);
const act = (name) => box.querySelector(`[data-act="${name}"]`);
const PENDING = `tm-calling:${person}:`; // and the id of the call
const SILENT = `tm-silent:${person}`;
const SOUND = "tryggmote-sound"; // a choice of the device, kept at sign-out

const stored = (use, otherwise) => {
  try {
    return use(localStorage) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
const csrf = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// ---- Sending: the alarm program and the pages in turn, until one of them has it.

const toAlarm = async (path, body) => {
  const answer = await fetch(`${alarm}/${path}`, {
    method: "POST", credentials: "include", keepalive: true, body: JSON.stringify(body),
    headers: { "Content-Type": "text/plain" }, signal: AbortSignal.timeout(TRY_WITHIN),
  });
  return { status: answer.status, state: answer.ok ? await answer.json() : null };
};
const toPages = async (path, body) => {
  const form = new FormData();
  Object.entries({ ...body, csrfmiddlewaretoken: csrf() }).forEach(([name, value]) => form.append(name, value));
  const answer = await fetch(path, {
    method: "POST", body: form, redirect: "manual", signal: AbortSignal.timeout(TRY_WITHIN),
    headers: { "X-Tryggmote-Send": "1", Accept: "application/json" },
  });
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  // A page of somebody else's on the way is no answer, and an old form is no refusal.
  const isAnswer = isOurs || (answer.status === 401 || answer.headers.get("X-Tryggmote-Send") !== "stale") && answer.status !== 200;
  return { status: isAnswer ? answer.status : 0, state: null };
};
const FINAL = new Set([401, 403, 404, 422]);

const sendUntilTaken = async (path, body, { fallback, onWaiting }) => {
  for (let attempt = 0; ; attempt += 1) {
    const toFallback = fallback && (attempt % 2 === 1 || !alarm);
    try {
      const answer = await (toFallback ? toPages(fallback, body) : toAlarm(path, body));
      if (answer.status === 200) return answer;
      // The alarm program refuses for good; the pages may refuse a form that is only old.
      if (FINAL.has(answer.status) && (!toFallback || answer.status === 401 || !alarm)) return answer;
    } catch { /* No answer: the other one, then both again. */ }
    if (attempt >= 1) onWaiting?.();
    if (attempt % 2 === 1 || !fallback) await wait(TRY_EVERY);
  }
};

const calling = new Map(); // id -> what was sent, while nobody has taken it
const mistakes = new Set(); // sent by mistake before anybody had it
const raise = async (sent) => {
  calling.set(sent.id, sent);
  stored((kept) => kept.setItem(PENDING + sent.id, JSON.stringify({ ...sent, at: sent.at ?? Date.now() })));
  if (sent.silent) stored((kept) => kept.setItem(SILENT, JSON.stringify([...silent(), sent.id].slice(-20))));
  else showSending(sent, words.sending);
  const answer = await sendUntilTaken("raise", sent, {
    fallback: box.dataset.raise,
    onWaiting: () => !sent.silent && !hidden.has(sent.id) && showSending(sent, words.waiting),
  });
  calling.delete(sent.id);
  const isTaken = answer.status === 200;
  if (answer.status !== 401) stored((kept) => kept.removeItem(PENDING + sent.id));
  if (sent.silent) document.querySelectorAll("[data-help]").forEach((control) => saySilently(control, isTaken));
  if (answer.state) receive(answer.state);
  else if (isTaken) await poll();
  else if (!sent.silent) showSending(sent, answer.status === 401 ? words.signed_out : words.refused);
  if (mistakes.has(sent.id)) await tell("end", { call: sent.id });
};
const silent = () => stored((kept) => JSON.parse(kept.getItem(SILENT)), []);
const callNow = (control, isSilent) => {
  const unit = control?.dataset.callUnit ?? document.querySelector("[data-call-unit]")?.dataset.callUnit ?? "";
  raise({ id: uuid(), silent: isSilent, unit });
};

// ---- One deliberate act: hold, press twice in the same place, or the shortcut twice.

const label = (control) => control.querySelector("[data-help-label]");
// Where nothing may show, the button that was pressed says how it went; nothing else does.
const saySilently = (control, isTaken) => {
  if (isTaken && "silent" in control.dataset) label(control).textContent = words.silent_sent;
  if (!isTaken) label(control).textContent = words.not_sent;
};
const disarm = (control) => {
  if (!control.dataset.armed) return;
  label(control).textContent = control.dataset.said;
  delete control.dataset.armed;
};
let disarming;
const pressed = (control) => {
  if (control.dataset.armed) {
    disarm(control);
    callNow(control, "silent" in control.dataset);
    return;
  }
  control.dataset.said = label(control).textContent;
  control.dataset.armed = "1";
  label(control).textContent = words.arm;
  clearTimeout(disarming);
  disarming = setTimeout(() => disarm(control), ARMED_FOR);
};

document.querySelectorAll("[data-help]").forEach((control) => {
  if (control.matches("a")) control.setAttribute("role", "button");
  label(control).setAttribute("aria-live", "assertive");
  let holding;
  let wasHeld = false;
  const letGo = () => {
    clearTimeout(holding);
    delete control.dataset.holding;
  };
  control.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    wasHeld = false;
    control.dataset.holding = "1";
    holding = setTimeout(() => {
      wasHeld = true;
      control.dataset.armed ??= "1";
      control.dataset.said ??= label(control).textContent;
      pressed(control);
      letGo();
    }, HOLD_FOR);
  });
  ["pointerup", "pointercancel", "pointerleave"].forEach((name) => control.addEventListener(name, letGo));
  control.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press on a phone
  control.addEventListener("click", (event) => {
    event.preventDefault();
    if (!wasHeld) pressed(control);
    wasHeld = false;
  });
  control.addEventListener("keydown", (event) => {
    if (event.key !== " " || !control.matches("a")) return;
    event.preventDefault();
    if (!event.repeat) pressed(control);
  });
});

let lastShortcut = -Infinity;
document.addEventListener("keydown", (event) => {
  if (event.key !== SHORTCUT || event.repeat) return;
  event.preventDefault();
  if (event.timeStamp - lastShortcut < KEY_WITHIN) {
    lastShortcut = -Infinity;
    callNow(null, true); // Whoever is in the room may see the screen.
  } else {
    lastShortcut = event.timeStamp;
  }
}, true);

// ---- What is open, and which of it is shown.

const calls = new Map(); // id -> {state, at}
const said = new Map(); // id -> what this person has just said here, until the call's state says it too
const hidden = new Set();
// A device calls in the name of the one responsible for it, who is told like everybody else.
const isMine = (state) => String(state.caller.id) === person && !state.device;
const titleOf = (state) => {
  const title = isMine(state) ? words.own : state.device ? words.device : words.title;
  return filled(title[state.purpose], { name: state.caller.name, device: state.device });
};
const me = Number(person);
const answerOf = (state) => said.get(state.id)
  ?? (state.coming.some((who) => who.id === me) ? "coming" : state.cannot.includes(me) ? "cannot" : "");
const needsMe = (state) => !isMine(state) && !state.ended_at && !state.acknowledged && !answerOf(state) && !hidden.has(state.id);
const isQuiet = (state) => isMine(state) && state.silent;

const receive = (state) => {
  const known = calls.get(state.id)?.state;
  if (known ? known.number > state.number : state.ended_at) return; // what this page never showed needs no end
  const isNews = !known && !state.ended_at && !isMine(state);
  const isRungAgain = known && state.ring > known.ring && !state.acknowledged && !isMine(state);
  calls.set(state.id, { state, at: performance.now() });
  if (state.ended_at) setTimeout(() => { calls.delete(state.id); show(); }, 4_000);
  if (isRungAgain && !answerOf(state)) hidden.delete(state.id);
  if (answerOf(state) === "cannot") hidden.add(state.id);
  if ((isNews || isRungAgain) && needsMe(state)) alert(state);
  if (isNews) shown(state);
  refreshPage(state);
  show();
};

// The real before the practised, what nobody has answered before what somebody has, one's own before others'.
const urgency = (state) => [state.purpose === "real", !state.ended_at, isMine(state) || needsMe(state), !state.acknowledged]
  .reduce((sum, is) => sum * 2 + is, 0);
const inOrder = () => [...calls.values()].map(({ state }) => state).filter((state) => !isQuiet(state))
  .sort((one, other) => urgency(other) - urgency(one));
const show = () => {
  const all = inOrder();
  const wanted = all.find((state) => !hidden.has(state.id));
  if (!all.some(needsMe)) sound(false);
  const behind = all.filter((state) => state !== wanted && !state.ended_at);
  if (wanted) draw(wanted, behind.length);
  else if (!calling.size || [...calling.values()].every((sent) => sent.silent)) close();
  line.hidden = !behind.length || Boolean(wanted) || Boolean(pageOf(behind[0]));
  if (behind[0]) line.querySelector("[data-line-text]").textContent = headline(behind[0]);
};
const pageOf = (state) => document.querySelector(`[data-call-page="${state.id}"]`);
const headline = (state) => {
  const said = titleOf(state);
  return state.place ? `${said}: ${state.place}` : said;
};
const close = () => {
  if (box.open) box.close();
};
const open = () => {
  if (box.open) return;
  box.showModal();
  document.getElementById("tm-call-title").focus();
};

let drawn; // the state on the screen
const draw = (state, others) => {
  const isAnother = drawn?.id !== state.id;
  drawn = state;
  const mine = isMine(state);
  box.dataset.purpose = state.purpose;
  box.toggleAttribute("data-mine", mine);
  box.toggleAttribute("data-unanswered", !state.acknowledged && !state.ended_at);
  text("title", titleOf(state));
  text("place", state.place || (mine ? "" : words.nowhere));
  text("form", [words.form[state.form], state.unit, others ? filled(words.more, { n: others }) : ""].filter(Boolean).join(" · "));
  text("kind", words.kind[state.kind] ?? "");
  part("silent").hidden = mine || !state.silent;
  text("silent", words.silent);
  drawAnswers(state);
  text("trouble", state.ended_at ? filled(words.ended, { outcome: words.outcome[state.outcome] ?? "" })
    : mine && state.ring > 3 && !state.acknowledged ? words.unanswered : "");
  act("coming").hidden = mine || Boolean(state.ended_at);
  act("cannot").hidden = mine || Boolean(state.ended_at);
  act("mistake").hidden = !mine || Boolean(state.ended_at);
  act("page").href = `${box.dataset.raise}${state.id}/`;
  act("page").hidden = false;
  act("coming").setAttribute("aria-pressed", answerOf(state) === "coming");
  part("describe").hidden = !mine || Boolean(state.ended_at);
  if (mine) offerChoices(state);
  if (mine) drawKinds(state);
  if (isAnother && !mine) showCard(state);
  part("card").hidden = mine || !part("card").childElementCount;
  tick();
  open();
  if (isAnother || document.activeElement?.hidden) document.getElementById("tm-call-title").focus();
};
const text = (name, value) => {
  const element = part(name);
  if (element.textContent !== value) element.textContent = value;
};
const drawAnswers = (state) => {
  const lines = state.coming.map((who) => filled(words.coming, { name: who.name }));
  if (!lines.length && !state.ended_at) lines.push(words.nobody);
  if (state.cannot.length) lines.push(filled(words.cannot, { n: state.cannot.length }));
  if (part("coming").innerText.split("\n").filter(Boolean).join() !== lines.join()) {
    part("coming").replaceChildren(...lines.map((said) => Object.assign(document.createElement("li"), { textContent: said })));
  }
  const reached = [filled(words.reached, state)];
  if (state.pushed) reached.push(filled(words.pushed, state));
  text("reached", isMine(state) ? `${reached.join(", ")}.` : "");
};
const drawKinds = (state) => part("kinds").querySelectorAll("button").forEach((button) => {
  button.setAttribute("aria-pressed", button.value === state.kind);
});
const choice = (value, said, chosen) => {
  const button = Object.assign(document.createElement("button"), { type: "button", value, textContent: said, className: "tm-call__choice" });
  button.addEventListener("click", () => chosen(value));
  return button;
};
let offered; // the call whose choices are drawn
const offerChoices = async (state) => {
  if (offered === state.id) return;
  offered = state.id;
  const describe = (given) => tell("describe", { call: state.id, ...given });
  part("kinds").replaceChildren(...Object.entries(words.kind).map(([code, said]) => choice(code, said, (kind) => describe({ kind }))));
  part("places").replaceChildren();
  part("where-label").hidden = true;
  try {
    const answer = await fetch(box.dataset.places, { headers: { Accept: "application/json" } });
    const { places } = await answer.json();
    part("places").replaceChildren(...places.map((place) => choice(place, place, () => describe({ place }))));
    part("where-label").hidden = !places.length;
  } catch { /* Without the pages the place can be told aloud. */ }
};
const showCard = async (state) => {
  part("card").replaceChildren();
  try {
    const answer = await fetch(`${box.dataset.raise}${state.id}/kort/`);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    part("card").replaceChildren(...page.body.children);
    part("card").hidden = drawn?.id !== state.id || !part("card").childElementCount;
  } catch { /* The card is on the phone as well. */ }
};

const showSending = (sent, said) => {
  box.dataset.purpose = "real";
  text("title", words.own.real);
  ["place", "form", "kind", "reached"].forEach((name) => text(name, ""));
  part("coming").replaceChildren();
  part("silent").hidden = true;
  part("describe").hidden = true;
  part("card").hidden = true;
  ["coming", "cannot", "page"].forEach((name) => { act(name).hidden = true; });
  act("mistake").hidden = false;
  if (said === words.sending || said === words.waiting) text("title", words.sending);
  text("trouble", said === words.sending ? "" : said);
  drawn = { id: sent.id, sending: true };
  open();
};

const tick = () => {
  const found = drawn && calls.get(drawn.id);
  if (!found || found.state.ended_at) return;
  const age = Math.max(0, Math.floor(found.state.age_s + (performance.now() - found.at) / 1000));
  text("age", `${String(Math.floor(age / 60)).padStart(2, "0")}:${String(age % 60).padStart(2, "0")}`);
};
setInterval(tick, 1_000);

// ---- Acts on a call.

const tell = async (path, body) => {
  const pages = { answer: "svar/", describe: "mer/", end: "slutt/" }[path];
  const sent = path === "end" ? { ...body, outcome: "mistake" } : body;
  const answer = await sendUntilTaken(path, sent, { fallback: `${box.dataset.raise}${body.call}/${pages}` });
  if (answer.state?.id) receive(answer.state);
  else await poll();
};
act("coming").addEventListener("click", () => {
  said.set(drawn.id, "coming");
  show();
  tell("answer", { call: drawn.id, answer: "coming" });
});
act("cannot").addEventListener("click", () => {
  said.set(drawn.id, "cannot");
  hidden.add(drawn.id);
  tell("answer", { call: drawn.id, answer: "cannot" });
  show();
});
act("mistake").addEventListener("click", () => {
  if (calling.has(drawn.id)) {
    mistakes.add(drawn.id);
    hidden.add(drawn.id);
    close();
  } else if (drawn.sending) close();
  else tell("end", { call: drawn.id });
});
const hide = () => {
  hidden.add(drawn.id);
  if (drawn.sending) close();
  else show();
};
act("hide").addEventListener("click", hide);
box.addEventListener("cancel", (event) => {
  event.preventDefault();
  hide();
});
line.querySelector("[data-line-open]").addEventListener("click", () => {
  hidden.clear();
  show();
});

// Said by a page that somebody can see: on a locked screen nobody has been reached.
const unsaid = new Set();
const shown = (state) => {
  unsaid.add(state.id);
  sayShown();
};
const sayShown = async () => {
  if (document.hidden || !unsaid.size || !alarm) return;
  const shownNow = [...unsaid];
  unsaid.clear();
  const answer = await toAlarm("shown", { calls: shownNow }).catch(() => null);
  if (answer?.status === 200 || FINAL.has(answer?.status)) return;
  shownNow.forEach((id) => unsaid.add(id));
  setTimeout(sayShown, TRY_EVERY);
};
document.addEventListener("visibilitychange", sayShown);

// ---- Being heard: sound and the system's own notification, once somebody has said yes on this device.

let context;
let ringing;
const beep = () => {
  if (!context || context.state !== "running") return;
  [880, 660].forEach((pitch, turn) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const begins = context.currentTime + turn * 0.25;
    tone.type = "square";
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, begins);
    volume.gain.setValueAtTime(0, begins + 0.22);
    tone.connect(volume).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + 0.24);
  });
};
const wantsSound = () => stored((kept) => kept.getItem(SOUND), "") === "on";
const wake = () => {
  if (!wantsSound() || !window.AudioContext) return;
  context ??= new AudioContext();
  context.resume().catch(() => {});
};
const sound = (isOn) => {
  clearInterval(ringing);
  ringing = undefined;
  box.toggleAttribute("data-sounding", isOn);
  if (!isOn || !wantsSound()) return;
  wake();
  beep();
  ringing = setInterval(beep, 1_200);
};
const alert = async (state) => {
  const isHeard = !document.hidden || document.body.hasAttribute("data-holds-stream") || !navigator.locks;
  if (!isHeard) return; // of the hidden tabs one is enough
  sound(true);
  navigator.vibrate?.([400, 200, 400]);
  if (!document.hidden && document.hasFocus()) return;
  if (window.Notification?.permission !== "granted" || !navigator.serviceWorker) return;
  const worker = await navigator.serviceWorker.ready;
  worker.showNotification(`${titleOf(state)}: ${state.place || words.nowhere}`, {
    tag: state.id, requireInteraction: true, renotify: true, data: { url: `${box.dataset.raise}${state.id}/` },
  });
};
addEventListener("pointerdown", wake, { once: true });
addEventListener("keydown", wake, { once: true });

// With no page open, the browser is woken by its push service (`pushing.py`).
const beWoken = async () => {
  if (window.Notification?.permission !== "granted" || !window.PushManager) return;
  try {
    const worker = await navigator.serviceWorker.ready;
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: box.dataset.pushKey });
    const { endpoint, keys } = made.toJSON();
    await toPages(box.dataset.wake, { endpoint, ...keys });
  } catch { /* No push service here: open screens and text messages remain. */ }
};

// Whoever has signed out is not to be woken here.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  navigator.serviceWorker?.ready.then((worker) => worker.pushManager?.getSubscription()).then((made) => made?.unsubscribe()).catch(() => {});
}, true);

const question = document.getElementById("tm-sound");
question.hidden = !stream || Boolean(stored((kept) => kept.getItem(SOUND), ""));
const decide = (said) => {
  stored((kept) => kept.setItem(SOUND, said) ?? true);
  question.hidden = true;
};
question.querySelector("[data-sound-on]").addEventListener("click", async () => {
  decide("on");
  wake();
  beep();
  if (window.Notification?.permission === "default") await Notification.requestPermission();
  await beWoken();
});
question.querySelector("[data-sound-off]").addEventListener("click", () => decide("off"));

// ---- Keeping up: the stream, and asking while it is down.

let number = -1; // of the last step heard of; none yet: only what is open is asked for
const poll = async () => {
  for (const address of [alarm && `${alarm}/open`, box.dataset.open].filter(Boolean)) {
    try {
      const answer = await fetch(number < 0 ? address : `${address}?seen=${number}`, {
        credentials: "include", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(TRY_WITHIN),
      });
      if (!answer.ok) continue;
      catchUp(await answer.json());
      return;
    } catch { /* The other one. */ }
  }
};
const catchUp = (told) => {
  number = Math.max(number, told.number);
  const open = new Set(told.calls.map((state) => state.id));
  told.calls.forEach(receive);
  // An answer that was on its way when somebody called does not know of the call.
  [...calls.values()].filter(({ state }) => !open.has(state.id) && state.number <= told.number)
    .forEach(({ state }) => calls.delete(state.id));
  show();
};
let lineIsUp = true;
document.addEventListener("tm:call", ({ detail }) => {
  number = Math.max(number, detail.number);
  receive(detail);
});
document.addEventListener("tm:calls", ({ detail }) => catchUp(detail));
document.addEventListener("tm:line", ({ detail }) => { lineIsUp = detail.isUp; });
setInterval(() => !lineIsUp && poll(), POLL_EVERY);

// The call's own page keeps up too, without touching what somebody is filling in.
const refreshPage = async (state) => {
  const page = pageOf(state);
  if (!page) return;
  hidden.add(state.id);
  try {
    const answer = await fetch(location.pathname);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll("[data-live]").forEach((old) => {
      const now = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
      if (now) old.replaceWith(now);
    });
  } catch { /* The next step tries again. */ }
};

const coverage = document.querySelector("[data-coverage]");
if (coverage && alarm) {
  fetch(`${alarm}/coverage?unit=${coverage.dataset.coverage}`, { credentials: "include" })
    .then((answer) => answer.json())
    .then((found) => { coverage.textContent = filled(coverage.dataset.text, found); })
    .catch(() => { coverage.textContent = coverage.dataset.unknown; });
}

// A page that was left while it was sending goes on here.
const left = stored((kept) => Object.keys(kept).filter((key) => key.startsWith(PENDING)), []);
for (const key of left) {
  const sent = stored((kept) => JSON.parse(kept.getItem(key)), null);
  if (sent && Date.now() - sent.at < TOO_OLD) raise(sent);
  else stored((kept) => kept.removeItem(key));
}
if (wantsSound()) beWoken(); // the push service is told again: signing out made it forget
poll();
