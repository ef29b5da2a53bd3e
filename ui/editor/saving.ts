// Keeps the text safe while it is written: in this browser at once, on the server a moment
// later. A save names the version that it was made of, so nobody's text is overwritten
// unseen; what cannot be sent now is tried again, and said.

import { type Fields, isText, readForm, sameFields } from "./form";
import { forget, isOpen, keep } from "./keep";

/** Where the text stands. */
export type State =
  | { kind: "saved"; at: number }
  | { kind: "changed" | "saving" | "lost" | "signed-out" | "met" }
  | { kind: "refused"; why: string };

/** What a save answers. */
interface Saved { version: number; savedAt: string; words: number; minutes: number }

/** What a save answers when somebody else saved before. */
export interface Conflict { version: number; by?: string; at?: string; headline?: string; standfirst?: string; body?: string }

export interface Options {
  form: HTMLFormElement;
  person: string;
  onState: (state: State) => void;
  onSaved: (saved: Saved) => void;
  onConflict: (conflict: Conflict) => void;
}

const quiet = 1000; // milliseconds after the last key
const apart = 2000; // milliseconds between two saves, and the longest that a key waits
const keptWithin = 300; // milliseconds until the browser keeps what was typed
const stillHere = 10_000; // milliseconds after which a form that was sent has not left the page
const longestWait = 30_000;
const keepaliveMost = 60_000; // bytes that browsers send for a page that is gone

export class Saving {
  readonly story: string;
  readonly page = crypto.getRandomValues(new Uint32Array(2)).join("-");
  base: Fields;

  private version: number;
  private sent: Fields[] = []; // what was sent and not answered: the server may have it
  private dirty = false;
  private firstKey = 0;
  private lastSave = 0;
  private failures = 0;
  private timer = 0;
  private keepTimer = 0;
  private running = false;
  private again = false;
  private then: (() => void) | undefined; // what waits for the save that runs
  private held = false; // until two texts are brought together
  private state: State;

  constructor(private readonly o: Options) {
    this.story = new URL(o.form.action).pathname;
    this.version = Number(new FormData(o.form).get("version"));
    this.base = readForm(o.form);
    this.state = { kind: "saved", at: Date.now() };
    isOpen(this.story, this.page);
    // Fields of the form stand outside it as well.
    for (const event of ["input", "change"]) {
      document.addEventListener(event, ({ target }) => {
        if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
          if (target.form === o.form && isText(target)) this.changed();
        }
      });
    }
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => this.retry());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.retry()));
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
    // A form that is sent whole, by a button, is no loss.
    o.form.addEventListener("submit", (event) => {
      clearTimeout(this.timer);
      this.keepNow();
      if (this.running) {
        // The version that the form names is about to change.
        event.preventDefault();
        this.then = () => o.form.requestSubmit(event.submitter);
        return;
      }
      this.sent.push(readForm(o.form));
      this.dirty = false;
      this.held = true;
      // An answer that comes into another tab leaves this page where it is.
      setTimeout(() => {
        this.held = false;
        this.changed();
      }, stillHere);
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload(); // what the server has may be another text
    });
  }

  /** The version that the text was made of. */
  get baseVersion(): number {
    return this.version;
  }

  get unsaved(): boolean {
    return this.dirty;
  }

  /** Takes note that the text was changed. */
  changed(): void {
    const now = Date.now();
    if (!this.dirty) this.firstKey = now;
    this.dirty = true;
    this.keepTimer ||= setTimeout(() => this.keepNow(), keptWithin);
    if (this.held) return;
    if (this.state.kind === "saved" || this.state.kind === "refused") this.tell({ kind: "changed" });
    if (this.failures === 0) this.plan(Math.max(this.lastSave + apart, Math.min(now + quiet, this.firstKey + apart)) - now);
  }

  /** Stops saving until the texts are brought together. */
  hold(): void {
    this.held = true;
    clearTimeout(this.timer);
  }

  /** Goes on from the version, which said what the base says; the form may say more. */
  goOn(version: number, base: Fields): void {
    this.version = version;
    this.base = base;
    this.field("version", String(version));
    this.held = false;
    this.failures = 0;
    this.sent = [];
    if (sameFields(base, readForm(this.o.form))) {
      this.dirty = false;
      this.forget();
      this.tell({ kind: "saved", at: Date.now() });
      return;
    }
    this.dirty = true;
    this.keepNow();
    this.plan(0);
  }

  /** Saves at once. */
  now(): void {
    if (this.dirty && !this.held) this.plan(0);
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), Math.max(0, wait));
  }

  private retry(): void {
    if (this.failures > 0 && !this.held) this.plan(0);
  }

  /** Keeps and sends what there is before the page is gone. */
  private leave(): void {
    if (!this.dirty) return;
    this.keepNow();
    if (!this.held) void this.save(true);
  }

  private keepNow(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    if (!this.dirty) return;
    keep({ story: this.story, page: this.page, person: this.o.person, base: this.version, before: this.base, fields: readForm(this.o.form), at: Date.now() }).catch(() => undefined);
  }

  private forget(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    forget(this.story, this.page).catch(() => undefined);
  }

  private async save(leaving = false): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    if (!this.dirty || this.held) return;
    clearTimeout(this.timer);
    this.running = true;
    this.lastSave = Date.now();
    const fields = readForm(this.o.form);
    if (this.failures === 0 && sameFields(this.base, fields)) {
      this.running = false;
      this.dirty = false;
      this.forget();
      this.tell({ kind: "saved", at: Date.now() });
      return;
    }
    if (this.failures === 0) this.tell({ kind: "saving" });
    try {
      await this.send(fields, leaving);
    } finally {
      this.running = false;
      const { then } = this;
      this.then = undefined;
      if (then && !this.held) {
        then();
      } else if (this.again) {
        this.again = false;
        this.now();
      }
    }
  }

  private async send(fields: Fields, leaving: boolean): Promise<void> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.o.form)) if (typeof value === "string") body.append(name, value);
    body.set("version", String(this.version));
    const text = body.toString();
    let response: Response;
    this.sent.push(fields);
    try {
      response = await fetch(this.o.form.action, {
        method: "POST", body, keepalive: leaving && text.length < keepaliveMost,
        headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20_000),
      });
      if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
      const answer: unknown = await response.json();
      this.answered(response, answer, fields);
    } catch {
      this.lost();
    }
  }

  private answered(response: Response, answer: unknown, fields: Fields): void {
    if (response.ok) return this.saved(answer as Saved, fields);
    switch (response.status) {
      case 401:
        this.failures++;
        this.sent.pop();
        this.tell({ kind: "signed-out" });
        this.later();
        return;
      case 409: {
        const conflict = answer as Conflict;
        this.sent.pop();
        // It may be our own save, whose answer was lost on its way.
        const ours = this.sent.find((s) => sameFields({ headline: [conflict.headline ?? ""], standfirst: [conflict.standfirst ?? ""], body: [conflict.body ?? ""] }, s));
        if (ours) {
          this.goOn(conflict.version, ours);
          return;
        }
        this.hold();
        this.keepNow();
        this.tell({ kind: "met" });
        this.o.onConflict(conflict);
        return;
      }
    }
    this.sent.pop();
    this.failures = 0;
    this.firstKey = Date.now();
    this.tell({ kind: "refused", why: (answer as { error?: string }).error ?? "" });
  }

  private saved(saved: Saved, fields: Fields): void {
    this.version = saved.version;
    this.base = fields;
    this.failures = 0;
    this.sent = [];
    this.field("version", String(saved.version));
    this.dirty = !sameFields(fields, readForm(this.o.form));
    this.tell({ kind: "saved", at: Date.now() });
    if (this.dirty) {
      this.firstKey = Date.now();
      this.keepNow();
      this.tell({ kind: "changed" });
      this.plan(apart - (Date.now() - this.lastSave));
    } else this.forget();
    this.o.onSaved(saved);
  }

  private lost(): void {
    this.failures++;
    this.tell({ kind: "lost" });
    this.later();
  }

  private later(): void {
    this.plan(Math.min(longestWait, 1000 * 2 ** Math.min(this.failures, 5)) * (0.75 + Math.random() / 2));
  }

  private field(name: string, value: string): void {
    const field = this.o.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  private tell(state: State): void {
    this.state = state;
    this.o.onState(state);
  }
}
