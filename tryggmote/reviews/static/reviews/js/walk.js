// Marks the places of a review that have been gone through without network and wait on the phone to be sent.

const { person } = document.body.dataset;
const PREFIX = `tm-unsent:${person}:`;

const waiting = () => {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return new Set(keys.map((key) => new URL(JSON.parse(localStorage.getItem(key)).action).pathname));
  } catch {
    return new Set(); // Storage that is closed to us keeps nothing either.
  }
};

const mark = () => {
  const addresses = waiting();
  document.querySelectorAll("[data-place]").forEach((row) => {
    row.querySelector("[data-waits]").hidden = !addresses.has(row.querySelector("a")?.pathname);
  });
};

mark();
document.addEventListener("tm:received", () => setTimeout(mark));
