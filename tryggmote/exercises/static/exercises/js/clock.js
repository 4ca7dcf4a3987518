// The clock of an exercise: counted from the server's time, so that everybody sees the same and a reload changes nothing.

const two = (n) => String(n).padStart(2, "0");

const seconds = (clock) => {
  // How much the clock of this device is ahead of the server's, found when the page or its part arrived.
  clock.dataset.ahead ??= String(Date.now() / 1000 - Number(clock.dataset.now));
  return Math.max(0, Math.floor(Date.now() / 1000 - Number(clock.dataset.ahead) - Number(clock.dataset.since)));
};

const tick = () => {
  const clock = document.querySelector("[data-since]");
  if (!clock) return;
  const passed = seconds(clock);
  clock.textContent = `${two(Math.floor(passed / 60))}:${two(passed % 60)}`;
  document.querySelectorAll("[data-due-after]").forEach((due) => {
    due.hidden = passed < Number(due.dataset.dueAfter) * 60;
  });
};

tick();
setInterval(tick, 1000);
