// The frame's small comforts: menus that close, messages that can be dismissed, offline strip, counters.

const strip = (id, on) => {
  const element = document.getElementById(id);
  if (element) element.textContent = on ? element.dataset.text : "";
};

document.querySelectorAll("[data-message] [data-close]").forEach((button) => { button.hidden = false; });

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) close.closest("[data-message]").remove();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

document.addEventListener("focusin", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// A kept copy says more than that itself (keep.js).
const isKept = "kept" in document.documentElement.dataset;
const showConnection = () => strip("tm-offline", !navigator.onLine && !isKept);
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
showConnection();

// "/" leads to the search, unless one is writing or has switched it off on the page of the search.
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes) return;
  const field = document.querySelector("main [data-search-field]") ?? document.querySelector("[data-search-field]");
  if (!field || localStorage.getItem("tm-search-key") === "off") return;
  event.preventDefault();
  field.focus();
  field.select();
});

// How much room is left in a text field; said aloud only when the person pauses.
const count = (counter) => {
  const field = document.getElementById(counter.dataset.counter);
  const left = Number(counter.dataset.max) - field.value.length;
  counter.textContent = `${Math.abs(left)} ${left < 0 ? counter.dataset.over : counter.dataset.left}`;
  counter.classList.toggle("aksel-textarea__counter--error", left < 0);
};
const counterOf = (field) => field.id && document.querySelector(`[data-counter="${CSS.escape(field.id)}"]`);
document.addEventListener("input", (event) => {
  const counter = counterOf(event.target);
  if (counter) count(counter);
});
document.querySelectorAll("[data-counter]").forEach((counter) => {
  const field = document.getElementById(counter.dataset.counter);
  // The browser would cut a pasted text silently; the counter and the server say it instead.
  field.removeAttribute("maxlength");
  if (field.value) count(counter);
});

// The error summary takes the focus, and its links put it in the field and not only near it.
document.querySelector("[data-error-summary]")?.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

if ("serviceWorker" in navigator && document.body.dataset.worker) {
  const refused = () => {}; // In private windows and on plain http: everything else works without it.
  // One script whatever the language: while one takes over from another, Chromium may lose the page asked for.
  navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/" }).catch(refused);
  caches.open("tryggmote-language")
    .then((kept) => kept.put("/", new Response(document.documentElement.lang))).catch(refused);
}
