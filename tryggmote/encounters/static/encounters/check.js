// The check with one hand: after each answer the next question comes into view, and the bar says how many are left.
// Without this module the page is an ordinary form.

const form = document.querySelector("form[data-check]");
const questions = [...form.querySelectorAll('fieldset[role="radiogroup"]')];
const progress = form.querySelector("[data-progress]");
const isAnswered = (question) => question.querySelector("input:checked") !== null;
const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const count = () => {
  const done = questions.filter(isAnswered).length;
  progress.textContent = progress.dataset.text.replace("{done}", done).replace("{all}", questions.length);
  progress.hidden = done === 0;
};

// Arrow keys move between answers, so only a tap or a click is an answer that moves on.
let isPointed = false;
form.addEventListener("pointerdown", () => { isPointed = true; });
form.addEventListener("keydown", () => { isPointed = false; });

form.addEventListener("change", (event) => {
  count();
  const answered = event.target.closest('fieldset[role="radiogroup"]');
  if (!isPointed || !event.isTrusted || !answered) return;
  const next = questions.slice(questions.indexOf(answered) + 1).find((question) => !isAnswered(question));
  (next ?? form.querySelector(".tm-sticky")).scrollIntoView({ behavior: isCalm ? "auto" : "smooth", block: next ? "center" : "end" });
});

count();
