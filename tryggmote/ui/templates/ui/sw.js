// Shows what the person has kept (keep.js), or else a page that says what works, when there is no network.
const OFFLINE = {
{% for language, address in offline %} {{ language }}: "{{ address|escapejs }}",{% endfor %} };
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
// A new build has new addresses, new words a new edition, and so there is a new cache; the old one is thrown away.
const CACHE = "tryggmote-files-{{ editions|escapejs }}-" + FILES.join("|");
const LANGUAGE = "tryggmote-language"; // Kept by every page (shell.js): the language somebody last read in.
const OWN = "tryggmote-own"; // One person's own copies, and for whom they are.
const UNSENT = "tryggmote-unsent"; // What was pressed on a notification and has not been sent (send.js goes on).
const UNSENT_FILES = "tryggmote-unsent-files"; // Files of forms that wait to be sent (send.js).
const FORM_PAGE = "{{ form_page|escapejs }}"; // A page with a form on it, and so with the token of forms.
const PLAN = "{{ plan|escapejs }}";
const KEPT_FOR = {{ kept_for_ms|stringformat:"d" }};
const PATIENCE = 8_000; // ms; with one bar of coverage a page that never comes is no network either

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then((cache) => cache.addAll([...Object.values(OFFLINE), ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => ![CACHE, LANGUAGE, OWN, UNSENT, UNSENT_FILES].includes(name)))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const own = (address) => caches.match(address, { cacheName: OWN, ignoreVary: true });

const htmlOf = (kept, html) => new Response(html, { headers: kept.headers });

const isOld = (kept) => Date.now() - kept.headers.get("X-Kept-At") >= KEPT_FOR;

// What is older than a session can be is not shown; when nothing has been renewed since, all is thrown away.
const ownPage = async (address) => {
  const plan = await own(PLAN);
  if (plan && isOld(plan)) await caches.delete(OWN);
  const kept = await own(address);
  if (kept && !isOld(kept)) return kept;
};

// A form that is opened twice must not send two reports under one id. A page kept without its question
// (/sjekk/ny/planned/ for ?meeting=…) keeps drafts for each question apart.
const withNewIds = (html) => html.replace(
  /(<input type="hidden" name="id" value=")[0-9a-f-]{36}(?=")/g, (_, before) => before + crypto.randomUUID(),
);
const withOwnDrafts = (html, search) => html.replace(
  /(data-draft="[^"]*)(?=")/g, (_, before) => before + encodeURIComponent(search),
);

const keptPage = async (request) => {
  const { origin, pathname, search } = new URL(request.url);
  const exact = await ownPage(request.url);
  const kept = exact ?? await ownPage(origin + pathname);
  if (!kept) return;
  const html = withNewIds(await kept.text()).replace("<html ", `<html data-kept="${kept.headers.get("X-Kept-At")}" `);
  return htmlOf(kept, exact ? html : withOwnDrafts(html, search));
};

const offlinePage = async () => {
  const language = await caches.match("/", { cacheName: LANGUAGE });
  const page = await caches.match(OFFLINE[language && await language.text()] ?? OFFLINE.nb);
  // It says where one can go on to, when something is kept.
  return await ownPage(PLAN) ? htmlOf(page, (await page.text()).replace("data-kept-places hidden", "")) : page;
};

const renew = async (request, response) => {
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", Date.now());
  const html = await response.text();
  // Thrown away while the page came: it stays away.
  if (await own(request.url)) await (await caches.open(OWN)).put(request.url, new Response(html, { headers }));
};

// Pages say for whom they are drawn. When that is somebody else, or nobody, what was kept is thrown away;
// a page that is kept is renewed each time it is read.
const look = async (request, response) => {
  const person = response.headers.get("X-Tryggmote-For");
  const plan = person !== null && await own(PLAN);
  if (!plan) return;
  if (plan.headers.get("X-Tryggmote-For") !== person) await caches.delete(OWN);
  else if (response.status === 200 && await own(request.url)) await renew(request, response);
};

const page = async (event) => {
  const fetched = fetch(event.request).then((response) => {
    // Not of a file on its way out: a copy that nobody reads would fill the memory.
    if (response.headers.get("Content-Type")?.startsWith("text/html")) {
      event.waitUntil(look(event.request, response.clone()));
    }
    return response;
  });
  fetched.catch(() => {}); // Said below, once.
  const tooLate = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  try {
    const inTime = await Promise.race([fetched, tooLate]);
    return inTime ?? await keptPage(event.request) ?? await fetched;
  } catch {
    return await keptPage(event.request) ?? offlinePage();
  }
};

// A call for help wakes a browser that is closed, and so does what cannot wait. Pressing the notification opens
// what it is about; a button on it posts the answer.
const notify = ({ title, body, tag, url, person, waiting, acts = [] }, options) => self.registration.showNotification(title, {
  body, tag, data: { title, url, tag, person, waiting, acts }, requireInteraction: true, renotify: true,
  vibrate: [400, 200, 400], actions: acts.map(({ action, title: label }) => ({ action, title: label })), ...options,
});
self.addEventListener("push", (event) => event.waitUntil(notify(event.data.json())));

const TOKEN = /name="csrfmiddlewaretoken" value="([^"]+)"/;
const asked = (address, options) => fetch(address, {
  credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
});
const answered = (response) => {
  if (response.status === 429 || response.status >= 500) throw new TypeError("it is to be sent again");
  return response;
};

// The address of the page that follows, or undefined when it is refused: signed out, another person at the same
// phone, over already. Throws when nobody has had it. Twice is harmless: the id in it is the same.
const post = async ({ action, entries, person }) => {
  const page = answered(await asked(FORM_PAGE));
  const [, token] = (await page.text()).match(TOKEN) ?? [];
  if (!token || !page.headers.get("X-Tryggmote-For")?.startsWith(`${person}-`)) return;
  const body = new FormData();
  [...entries, ["csrfmiddlewaretoken", token]].forEach(([name, value]) => body.append(name, value));
  const answer = answered(await asked(action, {
    method: "POST", body, headers: { "X-Tryggmote-Send": "1", Accept: "application/json" },
  }));
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return (await answer.json()).location;
};

const confirm = (told, said) => notify({ ...told, acts: [], body: "", ...said }, {
  silent: true, renotify: false, vibrate: undefined, // Somebody may stand beside the one who asked for help.
});

// Waits as a form does that was sent without network, and in the same shape.
const keepUnsent = async (sent) => {
  const { id } = Object.fromEntries(sent.entries);
  await (await caches.open(UNSENT)).put(`/${id}`, Response.json(sent));
  await self.registration.sync?.register(UNSENT).catch(() => {}); // Without it, it goes when a page is opened.
  await confirm(sent.told, { title: sent.told.waiting });
};

const sendUnsent = async () => {
  const waiting = await caches.open(UNSENT);
  for (const key of await waiting.keys()) {
    const sent = await (await waiting.match(key)).json();
    const next = await post(sent);
    if (!next) continue; // A page that is opened says why.
    await waiting.delete(key);
    await confirm(sent.told, { title: sent.done, url: next });
  }
};
self.addEventListener("sync", (event) => event.tag === UNSENT && event.waitUntil(sendUnsent()));

const answer = async (told, { to, fields, done }) => {
  const sent = {
    action: new URL(to, location.origin).href, page: told.url, person: String(told.person), told, done,
    entries: [...Object.entries(fields), ["id", crypto.randomUUID()], ["pressed_at", new Date().toISOString()]],
  };
  try {
    const next = await post(sent);
    return next ? confirm(told, { title: done, url: next }) : self.clients.openWindow(told.url);
  } catch {
    return keepUnsent(sent);
  }
};

self.addEventListener("notificationclick", (event) => {
  const { data: told } = event.notification;
  event.notification.close();
  const pressed = told.acts.find((act) => act.action === event.action);
  event.waitUntil(pressed ? answer(told, pressed) : self.clients.openWindow(told.url));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (FILES.includes(pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  } else if (origin === location.origin && pathname.startsWith("{{ static_url|escapejs }}")) {
    // Scripts that kept pages need are kept with them.
    event.respondWith(fetch(request).catch(async () => await own(request.url) ?? Response.error()));
  }
});
