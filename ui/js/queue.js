// Adds to the moderators' queue what only a script can do: single keys while the queue has
// the focus, and counts that stay true while the page is open. Every key presses what stands
// on the page, so that whatever it does is done without script too.

const main = document.querySelector("[data-counts]");
const queue = document.getElementById("queue");
const items = [...queue?.children ?? []];
const bulk = document.getElementById("bulk");
const list = document.getElementById("keys");
const say = document.getElementById("queue-status");

// Where the queue goes on after the page was loaded anew for what a key did.
const place = "queue place";

let sent = false; // one press is one decision
let keyed = false; // a form was opened by a key
let going = -1; // where a key that sends a form was pressed

const linkOf = (item) => item?.querySelector("h2 a");
const go = (item) => {
  linkOf(item)?.focus();
  item?.scrollIntoView({ block: "nearest" });
};

const press = (button, index) => {
  if (!button) return say.replaceChildren(queue.dataset.cannot);
  if (sent) return;
  going = index;
  button.click();
};

const showKeys = () => list.showModal();

// rejecting opens what asks for the reason and goes there; sending it is left to a key of
// that form.
const rejecting = (select) => {
  if (!select) return say.replaceChildren(queue.dataset.cannot);
  const details = select.closest("details");
  if (details) details.open = true;
  keyed = true;
  setTimeout(() => select.focus()); // the key itself is none of the list's
};

const chosen = () => {
  const some = queue.querySelector("input[type=checkbox]:checked");
  if (!some) say.replaceChildren(queue.dataset.none);
  return some;
};

const acts = {
  j: (item, at) => go(items[Math.min(at + 1, items.length - 1)]),
  k: (item, at) => go(items[Math.max(at - 1, 0)]),
  a: (item, at) => press(item.querySelector("button[value=approve]"), at),
  s: (item, at) => press(item.querySelector("button[value=spam]"), at),
  r: (item) => rejecting(item.querySelector("select")),
  e: (item, at) => press(item.querySelector("[action$='/escalate'] button"), at),
  o: (item) => linkOf(item).click(),
  x: (item) => item.querySelector("input[type=checkbox]")?.click(),
  A: () => chosen() && press(bulk.querySelector("button[value=approve]"), 0),
  S: () => chosen() && press(bulk.querySelector("button[value=spam]"), 0),
  R: () => chosen() && rejecting(bulk.querySelector("select")),
  u: (item, at) => press(document.querySelector("#done button"), at),
  H: (item, at) => press(document.querySelector("[action='/desk/talk/hold'] button"), at),
  "?": showKeys,
};

const typing = (target) => target.matches("select, textarea, input:not([type=checkbox])");

queue?.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(key)) return;
  if (typing(target)) {
    if (key === "Escape") go(target.closest(".waiting"));
    return;
  }
  const item = target.closest(".waiting");
  if (!item || !Object.hasOwn(acts, key)) return;
  event.preventDefault();
  say.replaceChildren();
  acts[key](item, items.indexOf(item));
});

document.addEventListener("submit", ({ target, submitter }) => {
  if (target.method === "dialog") return;
  sent = true;
  if (keyed && submitter?.value === "reject") going = Math.max(items.indexOf(target.closest(".waiting")), 0);
  if (going < 0) return;
  try {
    sessionStorage.setItem(place, going);
  } catch {
    return; // the page begins where it does without script
  }
  // So that the answer does not take the focus to what was done.
  target.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keyed", value: "1" }));
});
// A page that comes back from the browser's own store takes keys again.
addEventListener("pageshow", () => {
  sent = false;
  going = -1;
});

const button = document.getElementById("show-keys");
if (button) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}

let began = null;
try {
  began = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
} catch {
  // Nothing was kept.
}
list?.addEventListener("close", () => {
  if (!queue?.contains(document.activeElement)) go(items[0]);
});
if (began === null && items.length && document.activeElement === document.body && !location.hash) {
  linkOf(items[0])?.focus({ preventScroll: true }); // so that the keys work from the first one on
}
if (began !== null && items.length) {
  go(items[Math.min(Number(began), items.length - 1)]);
  const done = document.querySelector("#done p");
  if (done) say.replaceChildren(done.textContent); // the focus is past it
}

// How much waits is asked for while the page is looked at, until the session is over.
const every = 15000;
const { counts, here } = main.dataset;
const { title } = document;
const places = [...document.querySelectorAll("[data-count]")];
const before = places.find((count) => count.dataset.count === here)?.textContent ?? "";

const name = (n) => { document.title = n ? `(${n}) ${title}` : title; };

const show = (waits) => {
  for (const count of places) {
    const n = waits[count.dataset.count] ?? "";
    count.textContent = n;
    count.closest(".count").hidden = n === "";
  }
  name(waits[here]);
  if (parseInt(waits[here] || "0", 10) > parseInt(before || "0", 10)) document.getElementById("more-wait").hidden = false;
};

const ask = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(counts, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
    else if (answer.status === 401 || answer.status === 403) {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    }
  } catch {
    // Without a connection the counts stay as they were.
  }
};

name(before);
const timer = setInterval(ask, every);
document.addEventListener("visibilitychange", ask);
