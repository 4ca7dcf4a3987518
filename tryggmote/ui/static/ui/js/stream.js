// Live notices. One event stream for all tabs of the browser: the tab that holds the lock listens and tells
// the others. Says calmly when the line is down, and asks the page itself for the count meanwhile.

const HEARTBEAT_WITHIN = 25_000; // ms; the alarm program sends one each 10 s
const POLL_EVERY = 60_000; // ms
const TOASTS_AT_ONCE = 3;
const { stream: address, unseen: unseenAddress, person } = document.body.dataset;
const channel = new BroadcastChannel(`tryggmote-${person}`);
const strip = document.getElementById("tm-live");
const bell = document.querySelector("[data-bell]");
const told = new Set(); // After a break a notice may come twice.

const showUnseen = (unseen) => {
  if (!bell || !Number.isInteger(unseen)) return;
  bell.querySelector("[data-bell-count]").textContent = unseen > 99 ? "99+" : unseen || "";
  bell.querySelector("[data-bell-text]").textContent = unseen ? bell.dataset.some : bell.dataset.none;
};

const showNotice = ({ title, url, unseen }) => {
  const toast = document.getElementById("tm-toast").content.cloneNode(true);
  const link = toast.querySelector("a");
  link.textContent = title;
  link.href = new URL(url, location.origin).pathname; // Never leads out of the house.
  const toasts = document.getElementById("tm-toasts");
  toasts.append(toast);
  while (toasts.children.length > TOASTS_AT_ONCE) toasts.firstElementChild.remove(); // The bell has them all.
  showUnseen(unseen);
};

const showLine = (isUp) => {
  const text = isUp ? "" : strip.dataset.text;
  if (strip.textContent !== text) strip.textContent = text;
};

let lastSign = Date.now();
const receive = ({ kind, data }) => {
  lastSign = Date.now();
  showLine(true);
  if (kind === "hello") showUnseen(data.unseen);
  if (kind === "notice") {
    if (told.has(data.id)) return;
    told.add(data.id);
    showNotice(data);
  }
  document.dispatchEvent(new CustomEvent(`tm:${kind}`, { detail: data }));
};
channel.addEventListener("message", (event) => receive(event.data));

const listen = () => new Promise(() => {
  document.body.toggleAttribute("data-holds-stream", true);
  let source;
  const tell = (kind, text) => {
    const message = { kind, data: text ? JSON.parse(text) : null };
    receive(message);
    channel.postMessage(message);
  };
  const connect = () => {
    source?.close();
    source = new EventSource(address, { withCredentials: true });
    source.addEventListener("hello", (event) => tell("hello", event.data));
    source.addEventListener("heartbeat", () => tell("heartbeat"));
    source.addEventListener("notice", (event) => tell("notice", event.data));
    source.addEventListener("calls", (event) => tell("calls", event.data));
    source.addEventListener("call", (event) => tell("call", event.data));
  };
  connect();
  // A browser gives up for good after some errors: begin anew while there is silence.
  setInterval(() => Date.now() - lastSign > HEARTBEAT_WITHIN && connect(), HEARTBEAT_WITHIN);
});

// While the line is down the bell is kept right by asking for the count.
const poll = async () => {
  if (!bell || Date.now() - lastSign < HEARTBEAT_WITHIN) return;
  try {
    const answer = await fetch(unseenAddress, { headers: { Accept: "application/json" } });
    if (answer.ok) showUnseen((await answer.json()).unseen);
  } catch { /* No network: the offline strip says so. */ }
};

if (navigator.locks) navigator.locks.request(`tryggmote-stream-${person}`, listen);
else listen();
setInterval(() => {
  const isUp = Date.now() - lastSign < HEARTBEAT_WITHIN;
  showLine(isUp);
  document.dispatchEvent(new CustomEvent("tm:line", { detail: { isUp } }));
}, 5_000);
setInterval(poll, POLL_EVERY);
