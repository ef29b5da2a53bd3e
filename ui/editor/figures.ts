// The figures panel beside the text, live: it is read anew when typing pauses, and single
// keys accept, change or put away what is proposed. The panel is the one that the server
// shows without script; nothing in it is ever required.

import { isolateHistory } from "@codemirror/commands";
import { type ChangeDesc, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { button, element } from "./dom";
import { type Act, chooseKeys, figureKeys } from "./keys";
import { markAt, marks, setCurrent, setMarks } from "./marks";
import { type Cited, setCited } from "./reading";
import { t } from "./words";

/** What the server says of the figures of a text. Places are counted as the editor counts. */
interface Panel {
  html: { figures: string; checks: string }; // what the panels show
  proposals: { words: string; start: number; end: number; known: { claim: number; held: string; agrees: boolean; inForm: string } | null }[];
  unread: { start: number; end: number }[]; // numbers that the copy desk cannot tell
  checks: unknown[];
  cited: { claim: number; title: string; value: string; evidence: string; state: string; note: string; now: string }[];
}

/** What takes the place of the words of an accepted figure. */
interface Accepted { claim: number; words: string; link: string }

const pause = 150; // milliseconds without a key until the text is read

/** A stretch of the text that moves with it. */
interface Stretch { from: number; to: number }

/** A source that was chosen for the paragraph around the place. */
interface Source { at: number; fields: [string, string][]; says: string }

export class Figures {
  private timer = 0;
  private request: AbortController | undefined;
  private seen: Panel | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly followed = new Set<Stretch>();
  private unread: Stretch[] = [];
  private readonly sources: Source[] = [];
  private readonly spoken = element("p", { class: "unseen", role: "status" });

  constructor(private readonly view: EditorView, private readonly form: HTMLFormElement, private readonly panel: HTMLElement) {
    panel.tabIndex = 0;
    panel.after(this.spoken);
    panel.addEventListener("keydown", (event) => this.key(event));
    panel.addEventListener("click", (event) => this.click(event));
    panel.addEventListener("focusin", (event) => this.focused(event));
    panel.addEventListener("focusout", () => this.soon());
    for (const name of ["headline", "standfirst", "dateline"]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLElement) field.addEventListener("input", () => this.soon());
    }
    this.dress();
    void this.read();
  }

  /** Follows a change of the text. */
  changed(changes: ChangeDesc): void {
    for (const s of [...this.followed, ...this.unread]) {
      s.from = changes.mapPos(s.from, 1);
      s.to = changes.mapPos(s.to, -1);
    }
    for (const s of this.sources) s.at = changes.mapPos(s.at, 1);
    this.soon();
  }

  /** Gives the panel the focus. */
  focus(): boolean {
    if (this.panel.offsetParent === null) document.querySelector<HTMLElement>(`a[href="#${this.panel.id}"]`)?.click();
    this.panel.focus();
    this.show(Math.max(0, this.current));
    return true;
  }

  private get current(): number {
    return this.view.state.field(marks).current;
  }

  private cards(): HTMLElement[] {
    return [...this.panel.querySelectorAll<HTMLElement>("[data-figure]")];
  }

  private unreadCards(): HTMLElement[] {
    return [...this.panel.querySelectorAll<HTMLElement>("[data-unread]")];
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), pause);
  }

  /** Reports whether somebody fills in a field of the panel, which must not go away under them. */
  private busy(): boolean {
    const details = this.panel.querySelector("details.otherwise[open]");
    return !!details && (details.contains(document.activeElement) || details.querySelector(".changed") !== null);
  }

  private async read(): Promise<void> {
    if (this.busy()) return;
    this.request?.abort();
    const request = (this.request = new AbortController());
    const { doc } = this.view.state;
    const answer = await this.post<Panel>("/figures", this.data(), { signal: request.signal });
    if (!answer || request.signal.aborted) return;
    if (this.view.state.doc !== doc) this.soon();
    else if (!this.busy()) this.take(answer);
  }

  /** Sends the text as it stands. Undefined is an answer that did not come; why not, is said. */
  private async post<T>(path: string, data: URLSearchParams, { signal = AbortSignal.timeout(15_000), refused = (why: string): void => this.say(why) } = {}): Promise<T | undefined> {
    try {
      const response = await fetch(this.form.action + path, { method: "POST", body: data, headers: { Accept: "application/json" }, signal });
      const answer: unknown = await response.json();
      if (response.ok) return answer as T;
      if (path !== "/figures") refused((answer as { error?: string }).error ?? "");
    } catch {
      if (path !== "/figures") refused(t("editor.figures.lost"));
    }
    return undefined;
  }

  private data(): URLSearchParams {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && !name.startsWith("figure")) data.append(name, value);
    return data;
  }

  /** Shows what the server says of the text. */
  private take(p: Panel): void {
    const { doc } = this.view.state;
    // The one that keys act on stays the same, or the next one is.
    const at = this.view.state.field(marks).marks[this.current]?.from ?? 0;
    const after = p.proposals.findIndex((f) => f.start >= at);
    const current = after >= 0 ? after : p.proposals.length - 1;
    const inside = this.panel.contains(document.activeElement);
    const before = this.seen;
    this.seen = p;
    this.unread = p.unread.map((u) => ({ from: Math.min(u.start, doc.length), to: Math.min(u.end, doc.length) }));
    if (p.html.figures !== before?.html.figures || this.panel.querySelector(".taken")) {
      const unfolded = this.panel.querySelector("details.unread[open]") !== null;
      fill(this.panel, p.html.figures);
      if (unfolded) this.panel.querySelector("details.unread")?.setAttribute("open", "");
      this.dress();
      if (inside) this.panel.focus({ preventScroll: true });
    }
    const checks = document.querySelector("#checks");
    if (checks && p.html.checks !== before?.html.checks) fill(checks, p.html.checks);
    const claims = new Map<string, Cited>();
    for (const c of p.cited) {
      const mark = c.state === "changed" && c.now ? t("editor.figures.now", c.now) : c.note;
      claims.set(String(c.claim), {
        label: [c.title, c.value, c.evidence, c.note].filter((s) => s).join(" · "), mark, struck: c.state === "changed" || c.state === "withdrawn",
      });
    }
    this.view.dispatch({
      effects: [
        setCited.of(claims),
        setMarks.of(p.proposals.map((f) => ({
          from: Math.min(f.start, doc.length), to: Math.min(f.end, doc.length), words: doc.sliceString(f.start, f.end),
          ledger: f.known && !f.known.agrees && f.known.held ? t("editor.figures.ledger", f.known.held) : "",
        }))),
        setCurrent.of(inside ? current : -1),
      ],
      annotations: Transaction.addToHistory.of(false),
    });
    if (inside) this.show(current, false);
    this.tab();
  }

  /** Says in the tabs how many there are. */
  private tab(): void {
    const says = (panel: string, count: number): void => {
      const e = document.querySelector(`.tabs a[href="#${panel}"] .count`);
      if (e) e.textContent = String(count);
    };
    if (!this.seen) return;
    says("figures", this.seen.proposals.length + this.seen.cited.length);
    says("checks", this.seen.checks.length);
  }

  /** Adds to the panel what only a script can do: a button to edit at each figure, the keys at the buttons, and the choice of them. */
  private dress(): void {
    const keys = figureKeys();
    const details = this.panel.querySelector<HTMLElement>("details.otherwise");
    if (details) details.hidden = true; // until a figure is edited, and then inside its card
    details?.addEventListener("input", (event) => {
      if (event.target instanceof Element) event.target.classList.add("changed");
    });
    this.cards().forEach((card, n) => {
      const accept = card.querySelector<HTMLElement>("button[formaction$='/figures/accept']");
      const dismiss = card.querySelector<HTMLElement>("button[formaction$='/figures/dismiss']");
      if (!accept || !dismiss) return;
      if (!card.querySelector(".edit")) {
        accept.after(button(t("editor.figures.edit"), () => this.edit(n), { class: "quiet edit" }));
        const known = this.seen?.proposals[n]?.known;
        if (known && !known.agrees && known.inForm) accept.before(button(t("editor.figures.use", known.inForm), () => this.use(n), { class: "quiet" }));
      }
      const hint = (b: Element | null, act: Act): void => {
        if (!b) return;
        b.querySelector("kbd")?.remove();
        b.append(" ", element("kbd", { "aria-hidden": "true" }, keys[act].toUpperCase()));
        b.setAttribute("aria-keyshortcuts", keys[act]);
      };
      hint(accept, "accept");
      hint(card.querySelector(".edit"), "edit");
      hint(dismiss, "dismiss");
    });
    this.sayKeys();
    this.saySources();
  }

  private sayKeys(): void {
    if (this.cards().length === 0 || this.panel.querySelector(".keys-line")) return;
    this.panel.querySelector("h2")?.after(element("p", { class: "meta keys-line" }, t("editor.figures.keys"), " ",
      button(t("editor.keys"), () => chooseKeys(() => this.dress()), { class: "quiet", "aria-haspopup": "dialog" })));
  }

  /** Says at the figures of a paragraph which source was chosen for it. */
  private saySources(): void {
    this.cards().forEach((card, n) => {
      card.querySelector(".chosen-source")?.remove();
      const at = this.seen?.proposals[n]?.start;
      const source = at === undefined ? undefined : this.sourceAt(at);
      if (source) card.querySelector("dl")?.after(element("p", { class: "meta chosen-source" }, t("editor.figures.source", source.says)));
    });
  }

  /** Returns the source that was chosen for the paragraph. */
  private sourceAt(at: number): Source | undefined {
    const { doc } = this.view.state;
    const line = (place: number): number => doc.lineAt(Math.min(place, doc.length)).from;
    return this.sources.find((s) => line(s.at) === line(at));
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as Element;
    if (target.closest("input:not([type=radio], [type=checkbox]), select, textarea")) {
      const card = target.closest<HTMLElement>("[data-figure], [data-unread]");
      if (event.key === "Enter" && card) {
        event.preventDefault(); // the form of the story is not sent
        if (card.dataset["unread"] === undefined) this.accept(this.cards().indexOf(card));
        else this.record(card);
      } else if (event.key === "Escape") {
        event.preventDefault();
        const details = target.closest("details");
        if (details) details.open = false;
        this.panel.focus();
      }
      return;
    }
    const keys = figureKeys();
    const pressed = event.key.toLowerCase();
    const n = Math.max(0, this.current);
    const act: (() => void) | undefined =
      pressed === keys.accept ? () => this.accept(n)
      : pressed === keys.edit ? () => this.edit(n, true)
      : pressed === keys.dismiss ? () => this.dismiss(n)
      : pressed === keys.next || event.key === "ArrowDown" ? () => this.show(this.next(n, 1))
      : pressed === keys.previous || event.key === "ArrowUp" ? () => this.show(this.next(n, -1))
      : event.key === "Escape" ? () => this.view.focus()
      : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  }

  private click(event: Event): void {
    const b = (event.target as Element).closest<HTMLButtonElement>("button[formaction]");
    const card = b?.closest<HTMLElement>("[data-figure], [data-unread]");
    if (!b || !card) return;
    if (card.dataset["unread"] !== undefined) {
      event.preventDefault();
      if (card.querySelector("details[open]")) this.record(card);
      else this.fillIn(card);
      return;
    }
    const n = this.cards().indexOf(card);
    if (b.formAction.endsWith("/figures/accept")) this.accept(n);
    else if (b.formAction.endsWith("/figures/dismiss")) this.dismiss(n);
    else return;
    event.preventDefault();
  }

  private focused(event: FocusEvent): void {
    const card = (event.target as Element).closest<HTMLElement>("[data-figure]");
    if (card) this.show(this.cards().indexOf(card), false);
    else if (this.current < 0) this.show(0, false);
  }

  /** Returns the next card that waits, in the direction; the same if there is none. */
  private next(n: number, by: number): number {
    const cards = this.cards();
    for (let i = n + by; i >= 0 && i < cards.length; i += by) if (!cards[i]!.classList.contains("taken")) return i;
    return n;
  }

  /** Makes the card the one that keys act on. */
  private show(n: number, scroll = true): void {
    const cards = this.cards();
    cards.forEach((card, i) => {
      card.classList.toggle("current", i === n);
      if (i === n) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    });
    const mark = markAt(this.view.state, n);
    this.view.dispatch({ effects: [setCurrent.of(n), ...(mark && scroll ? [EditorView.scrollIntoView(mark.from, { y: "nearest", yMargin: 80 })] : [])] });
    cards[n]?.scrollIntoView({ block: "nearest" });
    if (scroll && mark) this.spoken.textContent = mark.words;
  }

  private edit(n: number, byKey = false): void {
    const card = this.cards()[n];
    if (!card) return;
    this.show(n, false);
    this.fillIn(card, byKey);
  }

  /** Opens in the card what can be said otherwise of its figure. */
  private fillIn(card: HTMLElement, byKey = false): void {
    const details = this.panel.querySelector<HTMLDetailsElement>("details.otherwise");
    if (!details) return;
    if (details.parentElement !== card) {
      details.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select").forEach((e) => (e.value = ""));
      details.querySelectorAll(".changed").forEach((e) => e.classList.remove("changed"));
      const buttons = card.dataset["unread"] === undefined ? null : card.querySelector(".buttons"); // there they end the form
      card.insertBefore(details, buttons);
    }
    details.hidden = false;
    details.open = true;
    const focus = (): void => details.querySelector<HTMLElement>("input, select")?.focus();
    // The key must not be typed into the field.
    if (byKey) addEventListener("keyup", focus, { once: true });
    else focus();
  }

  /** Accepts the proposal: its words become a citation, in one change that can be undone. */
  private accept(n: number): void {
    const card = this.cards()[n];
    const mark = markAt(this.view.state, n);
    if (!card || !mark || card.classList.contains("taken")) return;
    const fields = this.chosen(card, mark.from);
    this.taken(n);
    this.send(card, { from: mark.from, to: mark.to }, mark.words, fields);
  }

  /** Records a number that the copy desk could not tell, as it was filled in. */
  private record(card: HTMLElement): void {
    const place = this.unread[this.unreadCards().indexOf(card)];
    if (!place || card.classList.contains("taken")) return;
    const fields = this.chosen(card, place.from);
    this.putAway(card);
    this.panel.focus({ preventScroll: true });
    this.send(card, { ...place }, this.view.state.sliceDoc(place.from, place.to), fields);
  }

  /** Sends what is accepted of the words at the place, one after the other: the second may need the company that the first brings in. */
  private send(card: HTMLElement, place: Stretch, words: string, fields: [string, string][]): void {
    this.followed.add(place);
    this.queue = this.queue.then(async () => {
      const data = this.data();
      data.set("figure", `${place.from} ${words}`);
      for (const [name, value] of fields) data.append(name, value);
      const accepted = await this.post<Accepted>("/figures/accept", data, { refused: (why) => this.refuse(card, words, fields, why) });
      this.followed.delete(place);
      if (!accepted) return;
      if (this.view.state.sliceDoc(place.from, place.to) === words) this.replace(place, accepted.link);
      this.say(t("editor.figures.accepted", words));
    });
  }

  /** Says in the card why it was refused, with what was filled in. */
  private refuse(sent: HTMLElement, words: string, fields: [string, string][], why: string): void {
    this.say(why);
    // The panel may have been read anew meanwhile.
    const again = (): HTMLElement | undefined => [...this.cards(), ...this.unreadCards()].find((c) => c.querySelector("q")?.textContent === words);
    const card = sent.isConnected ? sent : again();
    if (!card) return;
    card.classList.remove("taken");
    card.querySelector(".refused")?.remove();
    card.querySelector("h3")?.after(element("p", { class: "refused" }, why));
    if (fields.length === 0) return;
    this.fillIn(card);
    for (const [name, value] of fields) {
      const field = card.querySelector<HTMLInputElement | HTMLSelectElement>(`details [name="${name}"]`);
      if (!field) continue;
      field.value = value;
      field.classList.add("changed");
    }
  }

  /** Takes the ledger's value in place of the words of the text. */
  private use(n: number): void {
    const known = this.seen?.proposals[n]?.known;
    const mark = markAt(this.view.state, n);
    if (!known || !mark) return;
    this.taken(n);
    this.replace(mark, `[${known.inForm}](claim:${known.claim})`);
    this.say(t("editor.figures.accepted", known.inForm));
  }

  private replace(place: Stretch, insert: string): void {
    this.view.dispatch({ changes: { from: place.from, to: place.to, insert }, annotations: isolateHistory.of("full"), userEvent: "input.figure" });
  }

  /** Says that the words are no figure of this story. */
  private dismiss(n: number): void {
    const card = this.cards()[n];
    const mark = markAt(this.view.state, n);
    if (!card || !mark || card.classList.contains("taken")) return;
    this.taken(n);
    this.queue = this.queue.then(async () => {
      const data = this.data();
      data.set("figure", `${mark.from} ${mark.words}`);
      if (!(await this.post<Panel>("/figures/dismiss", data))) {
        card.classList.remove("taken");
        return;
      }
      this.say(t("editor.figures.dismissed", mark.words));
      this.soon();
    });
  }

  /** Puts a card away. */
  private putAway(card: HTMLElement): void {
    card.classList.add("taken");
    card.querySelector(".refused")?.remove();
    const details = card.querySelector("details");
    if (details) {
      details.open = false;
      details.hidden = true;
      details.querySelectorAll(".changed").forEach((e) => e.classList.remove("changed"));
    }
    this.saySources();
  }

  /** Puts a card away, and goes on to the next. */
  private taken(n: number): void {
    const card = this.cards()[n];
    if (!card) return;
    this.putAway(card);
    this.panel.focus({ preventScroll: true });
    const next = this.next(n, 1);
    this.show(next !== n ? next : this.next(n, -1));
  }

  /** Returns what was filled in on the card. A source that was chosen for one figure is that of its paragraph. */
  private chosen(card: HTMLElement, at: number): [string, string][] {
    const fields: [string, string][] = [];
    let says = "";
    let kind = "";
    for (const e of card.querySelectorAll<HTMLInputElement | HTMLSelectElement>("details input, details select")) {
      if (!e.value) continue;
      fields.push([e.name, e.value]);
      if (e.name === "figure-source-kind" && e instanceof HTMLSelectElement) kind = e.selectedOptions[0]?.textContent ?? "";
      if (e.name === "figure-source") says = e.value;
    }
    const before = this.sourceAt(at);
    const source = fields.filter(([name]) => name.startsWith("figure-source"));
    if (source.length === 0) return before ? [...fields, ...before.fields] : fields;
    if (before) this.sources.splice(this.sources.indexOf(before), 1);
    this.sources.push({ at, fields: source, says: says || kind });
    return fields;
  }

  private say(words: string): void {
    this.spoken.textContent = words;
  }
}

/** Puts a part of a page that the server made into its place. */
function fill(place: Element, html: string): void {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}
