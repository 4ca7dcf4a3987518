// Finds in the book without network: everything it says is on the page. What does not match is hidden.
const find = document.querySelector("[data-find]");
const field = find.querySelector("input");
const said = find.querySelector("[role=status]");
const plain = (text) => text.toLowerCase().normalize("NFKC");
const entries = [...document.querySelectorAll("[data-section] li")].map((row) => [row, plain(row.textContent)]);
const sections = document.querySelectorAll("[data-section]");
const chapters = document.querySelectorAll("[data-chapter]");
const news = document.querySelector(".tm-handbook__news"); // Its links may lead to what a search has hidden.
const hasShown = (part) => part.querySelector("li:not([hidden])") !== null;

const show = () => {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const ids = new Set(); // one thing may stand under several headings
  for (const [row, text] of entries) {
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) ids.add(row.querySelector("a")?.href ?? row);
  }
  for (const section of sections) {
    section.hidden = words.length > 0 && !hasShown(section);
    if ("open" in section) section.open = words.length > 0;
  }
  if (news) news.hidden = words.length > 0;
  for (const chapter of chapters) chapter.hidden = words.length > 0 && !hasShown(chapter);
  const { one, many, none } = said.dataset;
  said.textContent = words.length === 0 ? "" : [none, one][ids.size] ?? many.replace("{number}", ids.size);
};

field.addEventListener("input", show);
find.hidden = false;
if (field.value) show(); // the browser remembers what was typed
