// Keeps the talk under a story up to date while the page is open, shows a comment as it
// would stand, and moves the form under what it answers. Without it everything is there
// after a reload, and by the form's own page.
//
// What somebody reads never moves. New comments come in by themselves only below the
// screen; else a button shows them. What is taken away leaves its place.

const talk = document.getElementById("comments");
const form = talk?.querySelector("form.reply");
const fresh = talk?.querySelector(".fresh");

if (fresh) follow(talk.dataset, fresh.dataset);
if (form) write(form, document.getElementById("reply"));

function follow(where, words) {
  const pending = []; // new comments that wait for a button, in the order of the thread
  const title = document.getElementById("comments-title");
  const status = element("p", "unseen");
  status.setAttribute("role", "status");
  talk.append(status);
  let at = where.at;

  // --- The stream: while the page is seen, and for a while after. ---

  const hiddenFor = 3 * 60e3;
  const longest = 5 * 60e3;
  let stream, again, hiding, ended, failures = 0;

  function open() {
    if (stream || ended || failures > 8) return;
    clearTimeout(again);
    stream = new EventSource(`${where.live}?at=${encodeURIComponent(at)}`);
    stream.onopen = () => { failures = 0; };
    stream.addEventListener("talk", (event) => {
      at = event.lastEventId || at;
      take(JSON.parse(event.data));
    });
    // Browsers come back by themselves only where the connection broke, not after a
    // refusal such as 429 or 503.
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      close();
      const wait = Math.min(longest, 5e3 * 2 ** failures++);
      if (!document.hidden) again = setTimeout(open, wait * (0.5 + Math.random()));
    };
  }

  function close() {
    clearTimeout(again);
    stream?.close();
    stream = undefined;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, hiddenFor);
    else {
      failures = 0;
      open();
    }
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  if (!document.hidden) open();

  // --- What came. ---

  function take(news) {
    if (news.count) title.textContent = news.count;
    for (const id of news.gone ?? []) remove(id);
    for (const c of news.comments ?? []) {
      const old = document.getElementById(`comment-${c.id}`);
      const waiting = pending.find((p) => p.id === c.id);
      c.item = parse(c.html);
      if (waiting) Object.assign(waiting, c);
      else if (old) change(old, c.item);
      else add(c);
    }
    if (news.story && news.story.version !== where.version) tellOfStory(news.story);
    offer();
  }

  function add(c) {
    const before = placeOf(c);
    if (before === undefined) return; // it stands on another page of the talk
    if (!c.item.classList.contains("stub")) announce();
    const waits = pending.some((p) => p.id === c.after);
    if (before && !waits && bottom(before) >= innerHeight) insert(c);
    else pending.push(c);
  }

  // placeOf returns what the comment comes after: an element, null for the beginning of the
  // thread, undefined if that is not on this page.
  function placeOf(c) {
    if (!c.after) return document.querySelector(".thread > li") ? null : fresh;
    const item = document.getElementById(`comment-${c.after}`);
    if (item) return item;
    const before = pending.find((p) => p.id === c.after);
    return before && placeOf(before);
  }

  function insert(c) {
    let list = talk.querySelector(".thread");
    if (!list) {
      list = element("ol", "thread");
      fresh.before(list);
      talk.querySelector(".none")?.remove();
    }
    const item = c.after && document.getElementById(`comment-${c.after}`);
    if (c.after && !item) return;
    if (item) item.after(c.item);
    else list.prepend(c.item);
  }

  // change puts the new words of a comment in the place of the old ones, unless that would
  // move what is being read; then a button does.
  function change(old, item) {
    const plain = old.cloneNode(true);
    plain.querySelectorAll("button").forEach((button) => button.remove());
    plain.removeAttribute("style");
    plain.removeAttribute("tabindex");
    if (plain.isEqualNode(item)) return;
    const height = old.offsetHeight;
    if (item.classList.contains("stub") || !old.contains(document.activeElement)) {
      steady(old, () => old.replaceWith(item));
      if (!inSight(item) || item.offsetHeight === height) return;
      if (item.offsetHeight < height || item.classList.contains("stub")) {
        item.style.minBlockSize = `${height}px`;
        return;
      }
      item.replaceWith(old);
    }
    old.querySelector(".edited")?.remove();
    const button = press("edited", words.edited, () => {
      const held = old.contains(document.activeElement);
      old.replaceWith(item);
      if (held) focus(item);
    });
    (old.querySelector(".do") ?? old).append(button);
  }

  // remove takes a comment away. Its words go at once, its place only out of sight.
  function remove(id) {
    const item = document.getElementById(`comment-${id}`);
    const i = pending.findIndex((p) => p.id === id);
    const [waited] = i >= 0 ? pending.splice(i, 1) : [];
    const before = waited?.after ?? Number(previous(item)?.id.slice("comment-".length) ?? 0);
    for (const p of pending) if (p.after === id) p.after = before;
    if (!item) return;
    if (!inSight(item)) {
      steady(item, () => item.remove());
      return;
    }
    item.style.minBlockSize = `${item.offsetHeight}px`;
    item.classList.add("stub");
    item.replaceChildren(element("p", "meta", words.removed));
  }

  function previous(item) {
    do item = item?.previousElementSibling; while (item && !item.id);
    return item;
  }

  // --- New comments that wait. ---

  // offer puts a button beside each comment that has new answers, and one at the end of the
  // thread for the others.
  function offer() {
    const groups = new Map();
    for (const c of pending) {
      const place = document.querySelector(`#comment-${rootOf(c)} > .do`) ?? fresh;
      groups.set(place, [...(groups.get(place) ?? []), c]);
    }
    for (const button of talk.querySelectorAll("button.new")) {
      if (!groups.has(button.parentElement)) button.remove();
    }
    for (const [place, group] of groups) {
      let button = place.querySelector("button.new");
      if (!button) {
        button = press("new", "", () => show(place));
        place.append(button);
      }
      const text = counted(group.length, words.showOne, words.show);
      if (button.textContent !== text) button.textContent = text;
    }
  }

  // rootOf returns which comment on the page the new one answers, through others that wait.
  function rootOf(c) {
    const parent = pending.find((p) => p.id === c.parent);
    return parent ? rootOf(parent) : c.parent;
  }

  function show(place) {
    const group = pending.filter((c) => (document.querySelector(`#comment-${rootOf(c)} > .do`) ?? fresh) === place);
    for (const c of group) {
      const before = pending.find((p) => p.id === c.after);
      if (before && !group.includes(before)) c.after = before.after; // it waits for another button
      insert(c);
    }
    for (const c of group) pending.splice(pending.indexOf(c), 1);
    offer();
    focus(group[0].item);
  }

  // --- Said politely, and not more often than every few seconds. ---

  let unsaid = 0, saying;

  function announce() {
    unsaid++;
    saying ??= setTimeout(() => {
      status.textContent = counted(unsaid, words.newOne, words.new);
      unsaid = 0;
      saying = setTimeout(() => {
        saying = undefined;
        if (unsaid) { unsaid--; announce(); }
      }, 5e3);
    }, 1e3);
  }

  function tellOfStory(story) {
    where.version = story.version;
    document.querySelector(".changed-bar")?.remove();
    const bar = element("aside", "changed-bar");
    const text = element("p", "", story.text + " ");
    const link = element("a", "", words.load);
    link.href = where.reload;
    text.append(link);
    bar.append(text, press("", words.close, () => bar.remove()));
    bar.setAttribute("aria-label", story.text);
    document.body.append(bar);
    status.textContent = story.text;
    if (story.kind === "gone") {
      close();
      ended = true;
    }
  }

  // --- Places on the screen. ---

  // What stands above what is read comes and goes without moving it. Browsers try to keep
  // the place by themselves, but not always, so they leave it to us meanwhile.
  function steady(item, does) {
    const read = [...document.querySelectorAll(".comment, #reply, footer")].find((it) => it !== item && bottom(it) > 0);
    if (bottom(item) > 0 || !read) {
      does();
      return;
    }
    const root = document.documentElement;
    const place = read.getBoundingClientRect().top;
    root.style.overflowAnchor = "none";
    does();
    scrollBy({ top: read.getBoundingClientRect().top - place, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => { root.style.overflowAnchor = ""; }));
  }
}

function write(form, heading) {
  const text = form.elements.text;
  const key = `reply ${form.action}`;
  const sent = `sent ${form.action}`;
  const parents = form.parentElement;
  const home = document.createComment("");
  form.before(home);

  // --- What was typed stays until it was taken: taken.js lets go of it. ---

  try {
    sessionStorage.removeItem(sent); // what was sent before is not on its way any more
    text.value ||= sessionStorage.getItem(key) ?? "";
    text.addEventListener("input", () => sessionStorage.setItem(key, text.value));
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.value) sessionStorage.setItem(sent, text.value);
    });
  } catch {
    // Where nothing may be kept, nothing is.
  }

  // --- The preview, from the first time on that it is asked for. ---

  const preview = element("div", "as-typed");
  form.after(preview);
  let asked, typing;

  async function load() {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams({ do: "preview", text: text.value });
    try {
      const answer = await fetch(`${form.action}?part=preview`, { method: "POST", body, signal: asked.signal });
      const shown = new DOMParser().parseFromString(await answer.text(), "text/html").body.querySelector(".preview, .notice");
      if (!shown) throw new Error("no preview");
      shown.removeAttribute("role"); // it changes while somebody types
      preview.replaceChildren(shown);
    } catch (error) {
      if (error.name !== "AbortError") preview.replaceChildren(element("p", "meta", heading.dataset.lost));
    }
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "preview") return;
    event.preventDefault();
    load();
  });
  text.addEventListener("input", () => {
    clearTimeout(typing);
    if (!asked) return;
    asked.abort();
    if (text.value.trim()) typing = setTimeout(load, 400);
    else preview.replaceChildren();
  });

  // --- The form goes under what it answers. ---

  const back = press("back", heading.dataset.story, () => {
    answer("", home);
    text.focus();
  });

  function answer(id, place) {
    let to = form.elements.to;
    if (!to) {
      to = element("input");
      to.type = "hidden";
      to.name = "to";
      form.prepend(to);
    }
    to.value = id;
    to.disabled = !id;
    const old = form.closest("li.answering");
    if (id) {
      const item = element("li", "answering");
      item.append(form, preview);
      place.after(item);
      form.querySelector(".do").append(back);
    } else {
      back.remove();
      place.after(form, preview);
    }
    old?.remove();
    heading.hidden = Boolean(id);
  }

  parents.addEventListener("click", (event) => {
    const link = event.target.closest(".comment > .do a[href*='/reply?to=']");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    answer(new URL(link.href).searchParams.get("to"), link.closest("li"));
    text.focus();
  });
}

function element(name, className = "", text = "") {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.textContent = text;
  return e;
}

function press(className, text, does) {
  const button = element("button", `button ${className}`.trim(), text);
  button.type = "button";
  button.addEventListener("click", does);
  return button;
}

function parse(html) {
  return new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelector("li");
}

function focus(item) {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
}

function counted(n, one, many) {
  return n === 1 ? one : many.replace("%d", n);
}

function bottom(item) {
  return item.getBoundingClientRect().bottom;
}

function inSight(item) {
  const box = item.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}
