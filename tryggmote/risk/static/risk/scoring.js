// Shows the area of a score as soon as it is chosen. The server says it too, when the page is saved.
// `data-areas` holds the words of the server: one entry a cell, keyed "likelihood-consequence".
const form = document.querySelector("form[data-areas]");
const areas = form ? JSON.parse(form.dataset.areas) : {};

function draw(part) {
  const [likelihood, consequence] = [...part.querySelectorAll("select")].map((select) => select.value);
  const place = part.querySelector(".tm-score__area");
  const area = areas[`${likelihood}-${consequence}`];
  place.replaceChildren();
  if (!area) return;
  const chip = Object.assign(document.createElement("span"), { className: `tm-area tm-area--${area.code}` });
  const letter = Object.assign(document.createElement("span"), { className: "tm-area__letter", textContent: area.letter });
  letter.setAttribute("aria-hidden", "true");
  chip.append(letter, area.word);
  const says = Object.assign(document.createElement("span"), { className: "tm-muted", textContent: area.says });
  place.append(chip, " ", says);
}

for (const part of document.querySelectorAll("[data-part]")) {
  part.addEventListener("change", () => draw(part));
}
