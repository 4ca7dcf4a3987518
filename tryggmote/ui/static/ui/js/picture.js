// A large table of links is one stop on the way with Tab: the arrow keys go from cell to cell, Home and End
// to the ends of a row. Without this script every link is a stop of its own, and all can be reached.
// What a phone leaves out is no stop: there the heads are for those who hear the page, and some cells are gone.

for (const table of document.querySelectorAll("table[data-picture]")) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const links = rows.flat().filter(Boolean);
  const stopAt = (link) => links.forEach((each) => (each.tabIndex = each === link ? 0 : -1));
  const isShown = (link) => link?.checkVisibility() && link.closest("thead, tbody, tfoot").offsetWidth > 1;
  stopAt(links.find(isShown));

  table.addEventListener("focusin", (event) => {
    if (links.includes(event.target)) stopAt(event.target);
  });

  table.addEventListener("keydown", (event) => {
    const at = rows.findIndex((row) => row.includes(event.target));
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const column = rows[at].indexOf(event.target);
    const next = {
      ArrowRight: () => rows[at].slice(column + 1).find(isShown),
      ArrowLeft: () => rows[at].slice(0, column).findLast(isShown),
      ArrowDown: () => rows.slice(at + 1).find((row) => isShown(row[column]))?.[column],
      ArrowUp: () => rows.slice(0, at).findLast((row) => isShown(row[column]))?.[column],
      Home: () => rows[at].find(isShown),
      End: () => rows[at].findLast(isShown),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next()?.focus();
  });
}
