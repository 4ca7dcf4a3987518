// What a keyboard meets on a page, asked step by step (keyboard.py).
(() => {
  if (window.keyboardWalk) return;
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";

  // What shows focus may be drawn on the element, on what stands around it or beside it, or on its label.
  const around = (el) =>
    [el, el.parentElement, el.parentElement?.parentElement, el.nextElementSibling, ...(el.labels ?? [])].filter(Boolean);
  const drawn = (el, part) => {
    const s = getComputedStyle(el, part || null);
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecoration].join("|");
  };
  const look = (el) => around(el).flatMap((one) => ["", "::before", "::after"].map((part) => drawn(one, part))).join("\n");

  const isStop = (el) =>
    el.checkVisibility({ visibilityProperty: true }) &&
    !el.disabled && el.type !== "hidden" && el.tabIndex >= 0 && !el.closest("[inert], #tm-toasts"); // what comes during the walk is no part of it
  // Radio buttons of one question are one stop.
  const key = (el) => (el.type === "radio" && el.name ? `radio ${el.form?.action} ${el.name}` : el);
  const stops = () => new Map([...document.querySelectorAll(FOCUSABLE)].filter(isStop).map((el) => [key(el), el]));

  const name = (el) => {
    const labels = [...(el.labels ?? [])].map((label) => label.innerText).join(" ");
    const picture = el.querySelector("svg[aria-label]")?.getAttribute("aria-label");
    const words = el.getAttribute("aria-label") || labels || el.innerText || picture || el.title || "";
    return `${el.tagName.toLowerCase()} ${words.trim().replace(/\s+/g, " ").slice(0, 60)}`;
  };

  // What lies over it, as a bar that stays may do: half of nine points on it, or on its label, must be free.
  const POINTS = [0.15, 0.5, 0.85].flatMap((x) => [0.25, 0.5, 0.75].map((y) => [x, y]));
  const coveredBy = (el) => {
    const parts = [el, ...(el.labels ?? [])];
    const over = parts.flatMap((part) => [...part.getClientRects()]).map((box) =>
      POINTS.map(([x, y]) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)).filter(
        // What has just come lies over the page until it goes by itself.
        (hit) => !hit?.closest("#tm-toasts") && !parts.some((part) => part.contains(hit)),
      ),
    );
    if (over.some((hits) => hits.length <= POINTS.length / 2)) return "";
    const one = over.flat().find(Boolean);
    return one ? `${one.tagName.toLowerCase()}.${one.className.baseVal ?? one.className}` : "the edge of the screen";
  };

  let unfocused = new WeakMap();
  let met = new Set();
  let last = null;

  window.keyboardWalk = {
    begin() {
      document.activeElement?.blur();
      unfocused = new WeakMap([...document.querySelectorAll(FOCUSABLE)].map((el) => [el, look(el)]));
      met = new Set();
      last = null;
      window.scrollTo(0, 0);
    },
    here() {
      const el = document.activeElement;
      if (!el || el === document.body) return null;
      // A field for a day has parts that are stops of their own, and that the browser marks itself.
      const isNextPart = el === last && el.type === "date";
      const isPicker = el.type === "date" && !el.matches(":focus");
      const isNew = !met.has(key(el)) || isNextPart;
      met.add(key(el));
      last = el;
      return {
        name: name(el), is_new: isNew, is_marked: isNextPart || isPicker || unfocused.get(el) !== look(el),
        covered_by: coveredBy(el),
      };
    },
    missed() {
      return [...stops()].filter(([one]) => !met.has(one)).map(([, el]) => name(el));
    },
  };
})();
