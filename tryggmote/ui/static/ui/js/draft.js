// Keeps what is typed in <form data-draft="key"> on this device until the server has received it.
// Never kept: CSRF token, files, passwords. Cleared on sign-out and after a week.

const PREFIX = "tm-draft:";
const SIGNED_OUT = "tm-signed-out";
const A_WEEK = 7 * 24 * 60 * 60 * 1000; // ms
const { person, status } = document.body.dataset;
const keyOf = (form) => `${PREFIX}${person}:${form.dataset.draft}`;
const forms = () => [...document.querySelectorAll("form[data-draft]")];
const NEVER = new Set(["csrfmiddlewaretoken", "next"]);

// A full or closed storage must never stop anybody from writing.
const stored = (act, otherwise) => {
  try {
    return act(localStorage);
  } catch {
    return otherwise;
  }
};
const read = (key) => stored((kept) => JSON.parse(kept.getItem(key)), null);
const write = (key, value) => stored((kept) => kept.setItem(key, JSON.stringify(value)));
const remove = (key) => stored((kept) => kept.removeItem(key));
const keysFrom = (prefix) => stored((kept) => Object.keys(kept).filter((key) => key.startsWith(prefix)), []);

const isKept = (field) =>
  field.name && !NEVER.has(field.name) && !["file", "password", "submit", "button"].includes(field.type);

const valuesOf = (form) => {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const isChoice = field.type === "checkbox" || field.type === "radio";
    if (isChoice && !field.checked) continue;
    (values[field.name] ??= []).push(...(field.multiple ? [...field.selectedOptions].map((o) => o.value) : [field.value]));
  }
  return values;
};

const isTouched = (form) => [...form.elements].some((field) => {
  if (!isKept(field) || field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
});

const fill = (form, values) => {
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const kept = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(kept?.includes(field.value));
    else if (field.multiple && field.options) [...field.options].forEach((option) => { option.selected = Boolean(kept?.includes(option.value)); });
    else if (kept) field.value = kept.shift();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
};

// Forms that are done with: what is left in their fields must not become a draft again when the page closes.
// A draft holds the form's hidden id, and a second report with the first one's id would be taken for the first.
const closed = new WeakSet();

const keep = (form) => !closed.has(form) && write(keyOf(form), { values: valuesOf(form), at: Date.now(), sent: false });

const offerToDiscard = (form) => {
  const banner = document.getElementById("tm-draft").content.cloneNode(true);
  banner.querySelector("[data-discard-draft]").addEventListener("click", () => {
    closed.add(form);
    remove(keyOf(form));
    form.reset();
    location.reload(); // A fresh page has a fresh hidden id too.
  });
  form.before(banner);
};

// The page holds what the server has just refused: newer than any draft.
const isRefused = () => Boolean(document.querySelector("[data-error-summary], [aria-invalid]"));

const restore = (form) => {
  const draft = read(keyOf(form));
  if (!draft || isRefused()) return;
  fill(form, draft.values);
  offerToDiscard(form);
};

let timer;
const keepSoon = (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form || !event.isTrusted) return;
  clearTimeout(timer);
  timer = setTimeout(() => isTouched(form) && keep(form), 300);
};

// A draft that was sent is gone once the server has answered with another page of the signed-in person's.
const clearReceived = () => {
  const here = new Set(forms().map(keyOf));
  for (const key of keysFrom(PREFIX)) {
    const draft = read(key);
    const isOld = !draft || Date.now() - draft.at > A_WEEK;
    const isReceived = draft?.sent && person && !status && !here.has(key) && key.startsWith(`${PREFIX}${person}:`);
    if (isOld || isReceived) remove(key);
  }
};

const closeForms = () => forms().forEach((form) => closed.add(form));

// Nothing is left on the phone, by this page or by others that are open; what waits to be sent goes only when
// the person says so.
const signOut = (event) => {
  const isWaiting = keysFrom(`tm-unsent:${person}:`).length > 0;
  if (isWaiting && !confirm(document.getElementById("tm-unsent").dataset.signOutText)) {
    event.preventDefault();
    return;
  }
  closeForms();
  write(SIGNED_OUT, Date.now());
  keysFrom("tm-").forEach(remove);
  ["tryggmote-own", "tryggmote-unsent", "tryggmote-unsent-files"].forEach((name) => globalThis.caches?.delete(name));
};
addEventListener("storage", (event) => event.key === SIGNED_OUT && closeForms());

document.addEventListener("input", keepSoon);
document.addEventListener("change", keepSoon);
addEventListener("pagehide", () => forms().forEach((form) => {
  const draft = read(keyOf(form));
  if (isTouched(form) && !draft?.sent) keep(form);
}));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) signOut(event);
  else if (form.matches("form[data-draft]")) {
    clearTimeout(timer);
    write(keyOf(form), { values: valuesOf(form), at: Date.now(), sent: true });
  }
}, true);
document.addEventListener("tm:received", (event) => {
  forms().filter((form) => form.dataset.draft === event.detail.draft).forEach((form) => closed.add(form));
  remove(`${PREFIX}${person}:${event.detail.draft}`);
});
// A form that is saved while one writes stays open: what the server has is no draft any longer.
document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form || ctx.response.status !== 200) return;
  for (const field of form.elements) {
    if (isKept(field) && ctx.request.body?.get?.(field.name) === field.value) field.defaultValue = field.value;
  }
  if (isTouched(form)) keep(form);
  else remove(keyOf(form));
});
// What waits to be sent, or was refused, is still a draft: it must be found again.
document.addEventListener("tm:kept", (event) => {
  const key = `${PREFIX}${person}:${event.detail.draft}`;
  const draft = read(key);
  if (draft) write(key, { ...draft, sent: false });
});
// Going back to a form that was sent must give a new form, with a new id.
addEventListener("pageshow", (event) => {
  if (event.persisted && forms().some((form) => closed.has(form) || read(keyOf(form))?.sent)) location.reload();
  // The browser fills in the answers of what was sent; only a draft of ours may do that.
  if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward" || isRefused()) return;
  forms().filter((form) => !read(keyOf(form))).forEach((form) => form.reset());
});

clearReceived();
if (person) forms().forEach(restore);
