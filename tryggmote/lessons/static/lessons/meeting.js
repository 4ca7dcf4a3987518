// Shows a lesson step by step on one screen, by button or arrow keys. Without script all steps stand below each other.
const session = document.querySelector("[data-session]");
const steps = [...session.querySelectorAll("[data-step]")];
const walk = session.querySelector("[data-walk]");
const back = walk.querySelector("[data-back]");
const on = walk.querySelector("[data-on]");
const place = walk.querySelector("[data-place]");
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
let at = "atTheEnd" in session.dataset ? steps.length - 1 : 0;

const show = () => {
  steps.forEach((step, number) => { step.hidden = number !== at; });
  back.disabled = at === 0;
  on.hidden = at === steps.length - 1;
  place.textContent = place.dataset.place.replace("{number}", at + 1).replace("{total}", steps.length);
};

const go = (by) => {
  const wanted = Math.min(Math.max(at + by, 0), steps.length - 1);
  if (wanted === at) return;
  at = wanted;
  show();
  steps[at].querySelector("h2").focus(); // so that it is read out, and the page stands at its top
};

back.addEventListener("click", () => go(-1));
on.addEventListener("click", () => go(1));
document.addEventListener("keydown", (event) => {
  const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (!isPlain || !KEYS[event.key] || event.target.closest("input, select, textarea, dialog")) return;
  event.preventDefault();
  go(KEYS[event.key]);
});
walk.hidden = false;
show();
