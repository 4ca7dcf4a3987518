// Shows the buttons that copy a text; without script the text is marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = button.dataset.copied;
    } catch {
      text.select();
      said.textContent = button.dataset.notCopied;
    }
  });
}
