// Keeps the signed-in person's own copies of the pages one may need without network (ui/offline.py, sw.js),
// and says so on a page that is such a copy. Nobody signed in: nothing is kept.

const OWN = "tryggmote-own";
const { person, keep: PLAN, keepRenewed } = document.body.dataset;
const AFTER = 1_000; // ms; the page itself comes first
const { kept } = document.documentElement.dataset;
// A page that leads on to places without coverage names the pages to keep at once, and says when they are there.
const NEXT = document.querySelector("[data-keep-pages]");
const FILE = /(?:src|href)="(\/static\/[^"#]+)/g;

const forget = () => caches.delete(OWN);
const isFresh = (response) => response && Date.now() - response.headers.get("X-Kept-At") < Number(keepRenewed);
const belongsToMe = (response) => response.headers.get("X-Tryggmote-For")?.startsWith(`${person}-`);

// A copy as the browser got it: with the policy that says what a page may do, and when it was kept.
const put = async (cache, address, response) => {
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", Date.now());
  const body = await response.text();
  await cache.put(address, new Response(body, { headers }));
  return body;
};

class Ended extends Error {}

const fetchOwn = async (address) => {
  const response = await fetch(address, {
    headers: { "X-Tryggmote-Keep": "1" }, redirect: "manual", credentials: "same-origin",
  });
  // Signed out meanwhile, or another person at the same phone.
  const isElsewhere = response.type === "opaqueredirect" || response.status === 401;
  if (isElsewhere || (response.ok && !belongsToMe(response))) throw new Ended();
  return response;
};

const keepFiles = async (cache, html) => {
  for (const [, address] of html.matchAll(FILE)) {
    if (!await cache.match(address)) await cache.add(address);
  }
};

const keepPages = async (cache, addresses) => {
  for (const address of addresses) {
    if (isFresh(await cache.match(address))) continue;
    const response = await fetchOwn(address);
    if (response.ok) await keepFiles(cache, await put(cache, address, response));
  }
};

const keepAll = async () => {
  const cache = await caches.open(OWN);
  let plan = await cache.match(PLAN);
  if (plan && !belongsToMe(plan)) throw new Ended();
  if (!isFresh(plan)) {
    const response = await fetchOwn(PLAN);
    if (!response.ok) return;
    await put(cache, PLAN, response);
    plan = await cache.match(PLAN);
  }
  if (NEXT) {
    await keepPages(cache, NEXT.dataset.keepPages.split(" "));
    NEXT.textContent = NEXT.dataset.keptText;
  }
  await keepPages(cache, (await plan.json()).pages);
};

const keep = () => {
  if (!person) return forget();
  if (!navigator.locks) return keepAll();
  // One tab is enough, but for what is asked for on this page.
  return navigator.locks.request("tryggmote-keep", { ifAvailable: !NEXT }, (lock) => lock && keepAll());
};

const say = () => {
  const strip = document.getElementById("tm-kept");
  const at = new Date(Number(kept));
  const two = (number) => String(number).padStart(2, "0");
  const isToday = at.toDateString() === new Date().toDateString();
  const text = isToday ? strip.dataset.text : strip.dataset.yesterdayText;
  strip.textContent = text.replace("{time}", `${two(at.getHours())}.${two(at.getMinutes())}`);
  // A moment that begins as now, on the clock in Oslo, is when the page is opened and not when it was kept.
  const now = new Date().toLocaleString("sv-SE", { timeZone: "Europe/Oslo" }).slice(0, 16).replace(" ", "T");
  document.querySelectorAll("input[data-now]").forEach((field) => { field.value = field.defaultValue = now; });
  // What was said when the copy was made is not said again.
  document.querySelectorAll("[data-message]").forEach((message) => message.remove());
};

if (kept) say();
else if ("caches" in window) {
  setTimeout(() => keep().catch((error) => error instanceof Ended && forget()), AFTER);
}
