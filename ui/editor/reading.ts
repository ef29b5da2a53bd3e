// Decorations that let the text read like the page: marks are hidden but where one writes,
// headings, emphasis, quotes and lists look like themselves, links are their words, cited
// figures carry their state, and containers are drawn as blocks. The text itself is untouched.

import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import type { SyntaxNodeRef } from "@lezer/common";
import { containersOf } from "./containers";
import { t } from "./words";

/** What the ledger says of a claim that the text cites. */
export interface Cited {
  label: string; // how sure the figure is, for whoever points at it
  mark: string; // said behind the words, such as "now $110 billion"; empty for a figure that is held
  struck: boolean; // the words no longer hold
}

/** Says what is known of the cited claims, by their numbers. */
export const setCited = StateEffect.define<ReadonlyMap<string, Cited>>();

const cited = StateField.define<ReadonlyMap<string, Cited>>({
  create: () => new Map(),
  update: (value, transaction) => transaction.effects.reduce((v, e) => (e.is(setCited) ? e.value : v), value),
});

/** Words in place of mark-up. */
class Words extends WidgetType {
  constructor(private readonly text: string, private readonly className: string) {
    super();
  }

  override eq(other: Words): boolean {
    return other.text === this.text && other.className === this.className;
  }

  override toDOM(): HTMLElement {
    const e = document.createElement("span");
    e.className = this.className;
    e.textContent = this.text;
    return e;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A stored picture, with what is said of it. */
class Picture extends WidgetType {
  constructor(private readonly id: string, private readonly alt: string) {
    super();
  }

  override eq(other: Picture): boolean {
    return other.id === this.id && other.alt === this.alt;
  }

  override toDOM(view: EditorView): HTMLElement {
    const e = document.createElement("span");
    e.className = "cm-picture";
    const img = document.createElement("img");
    img.src = `/desk/media/${this.id}/small`;
    img.alt = this.alt;
    img.addEventListener("load", () => view.requestMeasure());
    const said = document.createElement("span");
    said.className = this.alt ? "cm-picture-alt" : "cm-picture-alt cm-now";
    said.textContent = this.alt || t("editor.picture.missing");
    e.append(img, said);
    return e;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const hidden = Decoration.replace({});
const dim = Decoration.mark({ class: "cm-dim" });
const bullet = Decoration.replace({ widget: new Words("•", "cm-bullet") });
const strong = Decoration.mark({ class: "cm-strong" });
const emphasis = Decoration.mark({ class: "cm-emphasis" });
const code = Decoration.mark({ class: "cm-code" });
const ticker = Decoration.mark({ class: "cm-ticker" });
const line = (name: string): Decoration => Decoration.line({ class: name });
const headings = [2, 2, 3, 4, 5, 6].map((level) => line(`cm-heading cm-heading-${level}`));
const quote = line("cm-quote");
const attribution = line("cm-attribution");
const codeLine = line("cm-code-line");
const tableLine = line("cm-table-line");
const rule = line("cm-rule");
const blank = line("cm-blank");

const tickers = /\([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)?:\s?[A-Z0-9][A-Z0-9.-]{0,9}\)/g;

/** Collects the decorations of what is seen. */
class Reader {
  private readonly found: Range<Decoration>[] = [];
  private readonly state: EditorState;
  private readonly focused: boolean;
  private readonly claims: ReadonlyMap<string, Cited>;

  constructor(private readonly view: EditorView) {
    this.state = view.state;
    this.focused = view.hasFocus;
    this.claims = view.state.field(cited);
  }

  read(): DecorationSet {
    for (const { from, to } of this.view.visibleRanges) {
      syntaxTree(this.state).iterate({ from, to, enter: (node) => this.enter(node) });
      this.tickers(from, to);
      this.blanks(from, to);
    }
    this.containers();
    return Decoration.set(this.found, true);
  }

  private add(decoration: Decoration, from: number, to = from): void {
    this.found.push(decoration.range(from, to));
  }

  /** Reports whether somebody writes in the stretch, so that its marks are shown. */
  private touched(from: number, to: number): boolean {
    return this.focused && this.state.selection.ranges.some((r) => r.from <= to && r.to >= from);
  }

  private lineTouched(at: number): boolean {
    const l = this.state.doc.lineAt(at);
    return this.touched(l.from, l.to);
  }

  /** Hides a mark, or shows it faintly. */
  private mark(from: number, to: number, shown: boolean): void {
    // What goes over the end of a line cannot be hidden.
    if (from < to) this.add(shown || this.state.doc.lineAt(from).to < to ? dim : hidden, from, to);
  }

  private eachLine(node: SyntaxNodeRef, add: (at: number) => void): void {
    const { doc } = this.state;
    for (let at = node.from; ;) {
      const l = doc.lineAt(at);
      add(l.from);
      if (l.to >= node.to) return;
      at = l.to + 1;
    }
  }

  private enter(node: SyntaxNodeRef): boolean | void {
    const { doc } = this.state;
    switch (node.name) {
      case "ATXHeading1": case "ATXHeading2": case "ATXHeading3": case "ATXHeading4": case "ATXHeading5": case "ATXHeading6":
        this.add(headings[Number(node.name[10]) - 1]!, doc.lineAt(node.from).from);
        return;
      case "SetextHeading1": case "SetextHeading2":
        this.add(headings[1]!, doc.lineAt(node.from).from);
        return;
      case "HeaderMark": {
        const l = doc.lineAt(node.from);
        const space = node.from === l.from && doc.sliceString(node.to, node.to + 1) === " " ? 1 : 0;
        this.mark(node.from, node.to + space, this.lineTouched(node.from));
        return;
      }
      case "StrongEmphasis":
        this.add(strong, node.from, node.to);
        return;
      case "Emphasis":
        this.add(emphasis, node.from, node.to);
        return;
      case "InlineCode":
        this.add(code, node.from, node.to);
        return;
      case "EmphasisMark": case "CodeMark": {
        const parent = node.node.parent;
        if (parent?.name === "FencedCode") this.mark(node.from, node.to, true);
        else if (parent) this.mark(node.from, node.to, this.touched(parent.from, parent.to));
        return;
      }
      case "Escape":
        this.mark(node.from, node.from + 1, this.touched(node.from, node.to));
        return;
      case "HardBreak":
        if (doc.sliceString(node.from, node.from + 1) === "\\") this.mark(node.from, node.from + 1, this.lineTouched(node.from));
        return;
      case "Link":
        return this.link(node);
      case "Image":
        return this.image(node);
      case "Blockquote":
        this.eachLine(node, (at) => {
          this.add(quote, at);
          if (/^[>\s]*[—–] \S/.test(doc.lineAt(at).text)) this.add(attribution, at);
        });
        return;
      case "QuoteMark": {
        const space = doc.sliceString(node.to, node.to + 1) === " " ? 1 : 0;
        this.mark(node.from, node.to + space, this.lineTouched(node.from));
        return;
      }
      case "ListMark":
        if (/^[-+*]$/.test(doc.sliceString(node.from, node.to)) && !this.lineTouched(node.from)) this.add(bullet, node.from, node.to);
        return;
      case "FencedCode": case "CodeBlock":
        this.eachLine(node, (at) => this.add(codeLine, at));
        return;
      case "Table":
        this.eachLine(node, (at) => this.add(tableLine, at));
        return false;
      case "HorizontalRule":
        this.add(rule, doc.lineAt(node.from).from);
        this.mark(node.from, node.to, this.lineTouched(node.from));
    }
  }

  private link(node: SyntaxNodeRef): boolean | void {
    const url = node.node.getChild("URL");
    const marks = node.node.getChildren("LinkMark");
    if (!url || marks.length < 4) return;
    const address = this.state.sliceDoc(url.from, url.to);
    const [, close] = marks;
    const claim = /^claim:(\d+)$/.exec(address)?.[1];
    const shown = this.touched(node.from, node.to);
    this.mark(node.from, node.from + 1, shown);
    const says = claim ? this.claims.get(claim) : undefined;
    const words = claim ? `cm-cited${says?.mark ? " cm-cited-changed" : ""}${says?.struck ? " cm-struck" : ""}`
      : address.startsWith("entity:") ? "cm-entity" : "cm-link";
    if (close!.from > node.from + 1) {
      this.add(Decoration.mark({ class: words, attributes: { title: claim ? (says?.label ?? t("editor.cited", claim)) : address } }), node.from + 1, close!.from);
    }
    if (shown || !says?.mark || this.state.doc.lineAt(close!.from).to < node.to) this.mark(close!.from, node.to, shown);
    else this.add(Decoration.replace({ widget: new Words(` ${says.mark}`, "cm-now") }), close!.from, node.to);
  }

  /** Shows a stored picture in the place of its mark-up. */
  private image(node: SyntaxNodeRef): boolean | void {
    const url = node.node.getChild("URL");
    const id = url && /^picture:([1-9]\d*)$/.exec(this.state.sliceDoc(url.from, url.to))?.[1];
    const close = node.node.getChildren("LinkMark")[1];
    if (!id || !close || this.lineTouched(node.from) || this.state.doc.lineAt(node.from).to < node.to) return;
    const alt = this.state.sliceDoc(node.from + 2, close.from).replace(/\\([\\[\]`*_<&])/g, "$1");
    this.add(Decoration.replace({ widget: new Picture(id, alt) }), node.from, node.to);
    return false;
  }

  private tickers(from: number, to: number): void {
    for (const found of this.state.sliceDoc(from, to).matchAll(tickers)) {
      this.add(ticker, from + found.index, from + found.index + found[0].length);
    }
  }

  /** Draws the empty lines between blocks as space. */
  private blanks(from: number, to: number): void {
    for (let at = from; at <= to;) {
      const l = this.state.doc.lineAt(at);
      if (l.length === 0) this.add(blank, l.from);
      at = l.to + 1;
    }
  }

  private containers(): void {
    const { doc } = this.state;
    for (const { from, to } of this.view.visibleRanges) {
      const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number];
      for (const c of this.state.field(containersOf)) {
        if (c.last < first || c.first > last) continue;
        for (let n = Math.max(first, c.first); n <= Math.min(last, c.last); n++) {
          const l = doc.line(n);
          const opens = n === c.first;
          const closes = n === c.last && c.closed;
          this.add(line(`cm-container cm-container-${c.name}${opens ? " cm-container-open" : ""}${closes ? " cm-container-close" : ""}`), l.from);
          if (!opens && !closes) continue;
          if (this.touched(l.from, l.to)) this.add(dim, l.from, l.to);
          else if (opens) this.add(Decoration.replace({ widget: new Words(containerTitle(c.name, c.argument), "cm-container-title") }), l.from, l.to);
          else this.add(hidden, l.from, l.to);
        }
      }
    }
  }
}

function containerTitle(name: string, argument: string): string {
  const titles: Record<string, string> = {
    voices: t("editor.container.voices"), note: t("editor.container.note"), figure: t("editor.container.figure"),
    deal: t("editor.container.deal"), timeline: t("editor.container.timeline"), embed: t("editor.container.embed"),
  };
  return argument ? `${titles[name]}: ${argument}` : titles[name]!;
}

const plugin = ViewPlugin.fromClass(class {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = new Reader(view).read();
  }

  update(u: ViewUpdate): void {
    if (u.docChanged || u.selectionSet || u.viewportChanged || u.focusChanged || syntaxTree(u.startState) !== syntaxTree(u.state) ||
      u.startState.field(cited) !== u.state.field(cited)) this.decorations = new Reader(u.view).read();
  }
}, { decorations: (p) => p.decorations });

/** The decorations. */
export const reading = [containersOf, cited, plugin];
