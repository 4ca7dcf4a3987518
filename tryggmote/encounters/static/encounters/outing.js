// A form of an outing may wait on the phone until the network is back: it says when its button was pressed.

addEventListener(
  "submit",
  ({ target }) => {
    target.querySelectorAll("[data-pressed-at]").forEach((field) => { field.value = new Date().toISOString(); });
  },
  { capture: true }, // before send.js reads the form
);
