// The page of the search: arrow keys move through the hits, and the number of them is said when one pauses.
const field = document.querySelector("main [data-search-field]");
const found = document.querySelector("[data-search-found]");
const said = document.querySelector("[data-search-said]");
const stops = () => [field, ...found.querySelectorAll("[data-hit]")];
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const all = stops();
  const at = all.indexOf(document.activeElement);
  if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  all[Math.min(Math.max(at + step, 0), all.length - 1)].focus();
});

new MutationObserver(() => {
  said.textContent = found.querySelector("[data-said]")?.dataset.said ?? "";
}).observe(found, { childList: true });

// A key that acts by itself must be one that can be switched off (WCAG 2.1.4). Kept on this device; shell.js obeys.
const key = document.querySelector("[data-search-key]");
const chosen = key.querySelector("input");
chosen.checked = localStorage.getItem("tm-search-key") !== "off";
chosen.addEventListener("change", () => localStorage.setItem("tm-search-key", chosen.checked ? "on" : "off"));
key.hidden = false;
