// What is pasted from word processors and web pages becomes story text. The HTML of the
// clipboard is parsed into a document that runs and loads nothing; every word that one sees
// of it is in the result, in its order.

import { Line, longestRun, plainStyle, type Style } from "./line";

// How deep lists and quotes may stand inside each other. What is deeper stands at that level.
const maxNesting = 8;

// How many columns a cell of a table may take.
const maxSpan = 20;

/** Returns the HTML of a clipboard as story text, without an end of line at its end. */
export function fromClipboard(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  tidy(page);
  const blocks = new Blocks();
  blocks.children(page.body, plainStyle);
  return blocks.done().join("\n\n");
}

/** Reports whether the HTML says more than its plain text: it has a link, a table, emphasis, a list and so on. */
export function isRich(html: string): boolean {
  return /<(?:a|b|strong|i|em|h[1-6]|ul|ol|li|table|blockquote|p|div|span|br|pre|code|hr)\b/i.test(html);
}

/** Takes out what is not seen, and gives the lists of Word the form of lists. */
function tidy(page: Document): void {
  const hidden = "script, style, template, noscript, head, title, meta, link, iframe, object, embed, canvas, audio, video, img, svg, math, button, input, select, textarea, del, [hidden]";
  page.querySelectorAll(hidden).forEach((e) => e.remove());
  page.querySelectorAll<HTMLElement>("[style]").forEach((e) => {
    const style = e.getAttribute("style") ?? "";
    if (/mso-hide\s*:\s*all|display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) e.remove();
  });
  page.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6, div").forEach((e) => {
    const level = wordLevel(e);
    if (level > 0 && e.isConnected && !e.closest("li")) wordList(e, level);
  });
}

/** Returns the level of a paragraph in one of Word's lists, which are paragraphs to HTML; 0 for no list. */
function wordLevel(e: Element): number {
  const found = /mso-list\s*:\s*l\d+\s+level(\d+)/i.exec(e.getAttribute("style") ?? "");
  return found ? Math.min(maxNesting, Number(found[1])) : 0;
}

/** Makes a list of the paragraph and of those right after it. */
function wordList(first: HTMLElement, outermost: number): void {
  const members: { e: HTMLElement; level: number }[] = [];
  for (let e: Element | null = first; e instanceof HTMLElement; e = e.nextElementSibling) {
    const level = wordLevel(e);
    if (level === 0) break;
    members.push({ e, level: Math.max(level, outermost) });
  }
  const top = listFor(first);
  first.before(top);
  const open: { list: HTMLElement; level: number }[] = [{ list: top, level: outermost }];
  for (const { e, level } of members) {
    while (open.length > 1 && open.at(-1)!.level > level) open.pop();
    if (open.at(-1)!.level < level) {
      const list = listFor(e);
      (open.at(-1)!.list.lastElementChild ?? open.at(-1)!.list).append(list);
      open.push({ list, level });
    }
    e.querySelectorAll<HTMLElement>("[style]").forEach((mark) => {
      if (isListMark(mark)) mark.remove();
    });
    const item = e.ownerDocument.createElement("li");
    e.removeAttribute("style");
    open.at(-1)!.list.append(item);
    item.append(e);
  }
}

const isListMark = (e: Element): boolean => /mso-list\s*:\s*ignore/i.test(e.getAttribute("style") ?? "");

/** Returns an empty list of the kind that the paragraph's mark says. */
function listFor(e: HTMLElement): HTMLElement {
  const mark = [...e.querySelectorAll("[style]")].find(isListMark)?.textContent?.replace(/[\s\u00a0]/g, "") ?? "";
  const numbered = /^\(?(?:\d+|[a-z]{1,4})[.)]/i.exec(mark);
  const list = e.ownerDocument.createElement(numbered ? "ol" : "ul");
  const number = /^\(?(\d+)/.exec(mark);
  if (number?.[1]) list.setAttribute("start", number[1]);
  return list;
}

const blockElements = new Set(("address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form " +
  "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol option p pre search section summary table tbody td tfoot th thead tr ul xmp caption").split(" "));

/** Collects blocks of story text, each without an end of line at its end. */
class Blocks {
  private blocks: string[] = [];
  private line = new Line();

  constructor(private readonly depth = 0) {}

  /** Returns what was collected. */
  done(): string[] {
    this.flush();
    return this.blocks;
  }

  private flush(): void {
    this.blocks.push(...this.line.paragraphs());
  }

  children(parent: Node, style: Style): void {
    for (const node of parent.childNodes) {
      if (node instanceof Text) this.line.push(node.data, style);
      else if (node instanceof Element) this.element(node, style);
    }
  }

  private element(e: Element, outer: Style): void {
    const name = e.localName;
    if (name === "br") {
      // What a browser puts at the end of what it copies, and what follows a block, is no end of a line.
      if (!e.classList.contains("Apple-interchange-newline")) this.line.break();
      return;
    }
    const style = styleOf(e, outer);
    if (!blockElements.has(name) && !isBlockByStyle(e)) {
      if (name === "sup" || isRaised(e)) this.line.push(raised(e.textContent ?? ""), style);
      else this.children(e, style);
      return;
    }
    this.flush();
    this.block(e, name, style);
    this.flush();
  }

  private block(e: Element, name: string, style: Style): void {
    const heading = headingLevel(e, name);
    if (heading > 0) return this.heading(e, heading, style);
    if (name === "blockquote" || /\bMso(?:Intense)?Quote\b/.test(e.className)) return this.quote(e, style);
    switch (name) {
      case "hr":
        this.blocks.push("***"); // three hyphens behind a list's mark would be a rule instead of an item
        return;
      case "pre": case "xmp": case "listing":
        return this.preformatted(e);
      case "table":
        return this.table(e as HTMLTableElement, style);
      case "ul": case "ol": case "menu": case "dir":
        if (this.depth < maxNesting) return this.list(e, name === "ol", style);
    }
    this.children(e, style);
  }

  private heading(e: Element, level: number, style: Style): void {
    const line = new Line();
    if (e.querySelector([...blockElements].join(","))) return this.children(e, style); // blocks inside: it is no line
    const collector = new Blocks();
    collector.line = line;
    collector.children(e, { ...style, strong: false, emphasis: false });
    const words = line.oneLine(false);
    if (words) this.blocks.push("#".repeat(level) + " " + words);
  }

  private quote(e: Element, style: Style): void {
    if (this.depth >= maxNesting) return this.children(e, style);
    const inner = new Blocks(this.depth + 1);
    inner.children(e, /quote/i.test(e.className) ? { ...style, emphasis: false } : style);
    const blocks = inner.done();
    if (blocks.length === 0) return;
    const quoted = blocks.join("\n\n").split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
    // Quotes that follow each other are one: Word has a paragraph of its own for each.
    if (/\bMso/.test(e.className) && this.blocks.at(-1)?.startsWith("> ") && /\bMso(?:Intense)?Quote\b/.test(e.previousElementSibling?.className ?? "")) {
      this.blocks.push(`${this.blocks.pop()}\n>\n${quoted}`);
    } else this.blocks.push(quoted);
  }

  private preformatted(e: Element): void {
    e.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    const code = (e.textContent ?? "").replace(/\r/g, "").replace(/^\n+|\s+$/g, "");
    if (code === "") return;
    const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
    this.blocks.push(`${fence}\n${code}\n${fence}`);
  }

  private list(e: Element, numbered: boolean, style: Style): void {
    const items: string[][] = [];
    for (const node of e.childNodes) {
      if (node instanceof Text && node.data.trim() === "") continue;
      const inner = new Blocks(this.depth + 1);
      if (node instanceof Element && node.localName === "li") inner.children(node, styleOf(node, style));
      else if (node instanceof Element) inner.element(node, style);
      else if (node instanceof Text) inner.line.push(node.data, style);
      const blocks = inner.done();
      if (blocks.length === 0) continue;
      // Google Docs and others put a list right inside a list: it belongs to the item before.
      if (node instanceof Element && /^(?:ul|ol)$/.test(node.localName) && items.length > 0) items.at(-1)!.push(...blocks);
      else items.push(blocks);
    }
    if (items.length === 0) return;
    let number = Number(e.getAttribute("start") ?? 1);
    if (!Number.isInteger(number) || number < 0 || number > 1e6) number = 1;
    let loose = false;
    const written = items.map((blocks) => {
      const mark = numbered ? `${number++}. ` : "- ";
      const tight = blocks.slice(1).every(isList);
      loose ||= !tight;
      return mark + indented(blocks.join(tight ? "\n" : "\n\n"), mark.length);
    });
    this.blocks.push(written.join(loose ? "\n\n" : "\n"));
  }

  private table(e: HTMLTableElement, style: Style): void {
    const caption = e.caption;
    if (caption) this.children(caption, style);
    this.flush();
    const rows = [...e.rows];
    const single = rows.every((row) => row.cells.length <= 1);
    if (single || e.querySelector("table, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, pre")) {
      // A table that lays out a page: its cells are blocks.
      for (const cell of rows.flatMap((row) => [...row.cells])) {
        this.children(cell, style);
        this.flush();
      }
      return;
    }
    const cells: string[][] = rows.map(() => []);
    rows.forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (cells[y]![x] !== undefined) x++;
        const line = new Line();
        const collector = new Blocks();
        collector.line = line;
        collector.cellChildren(cell, style);
        const words = line.oneLine(true, y === 0);
        for (let down = 0; down < Math.min(cell.rowSpan || 1, rows.length - y); down++) {
          for (let right = 0; right < Math.min(cell.colSpan, maxSpan); right++) cells[y + down]![x + right] = down + right === 0 ? words : "";
        }
        x += Math.min(cell.colSpan, maxSpan);
      }
    });
    const filled = cells.filter((row) => row.some((words) => words));
    if (filled.length === 0) return;
    const width = Math.max(...filled.map((row) => row.length));
    const written = filled.map((row) => "|" + Array.from({ length: width }, (_, x) => (row[x] ? ` ${row[x]} |` : "  |")).join(""));
    this.blocks.push([written[0], "|" + " --- |".repeat(width), ...written.slice(1)].join("\n"));
  }

  /** Collects a cell of a table as one line, with a space between its blocks. */
  private cellChildren(parent: Node, style: Style): void {
    for (const node of parent.childNodes) {
      if (node instanceof Text) this.line.push(node.data, style);
      else if (node instanceof Element) {
        if (node.localName === "br") this.line.push(" ", plainStyle);
        else {
          const block = blockElements.has(node.localName) || isBlockByStyle(node);
          if (block) this.line.push(" ", plainStyle);
          if (node.localName === "sup" || isRaised(node)) this.line.push(raised(node.textContent ?? ""), style);
          else this.cellChildren(node, styleOf(node, style));
          if (block) this.line.push(" ", plainStyle);
        }
      }
    }
  }
}

const isList = (block: string): boolean => /^(?:- |\d+\. )/.test(block);

/** Indents the lines of a block, but for the first. */
function indented(block: string, by: number): string {
  return block.replace(/\n(?!\n|$)/g, "\n" + " ".repeat(by));
}

/** Returns the level of the heading that the element is; 0 for none. Headings of stories begin at the second level. */
function headingLevel(e: Element, name: string): number {
  const tag = /^h([1-6])$/.exec(name);
  if (tag) return Math.max(2, Number(tag[1]));
  if (/\bMsoTitle\b/.test(e.className)) return 2;
  if (/\bMsoSubtitle\b/.test(e.className)) return 3;
  if (e.getAttribute("role") === "heading") return Math.min(6, Math.max(2, Number(e.getAttribute("aria-level")) || 2));
  return 0;
}

/** Returns the style of words in the element, whose surroundings have the style given. */
function styleOf(e: Element, outer: Style): Style {
  const style = { ...outer };
  switch (e.localName) {
    case "b": case "strong":
      style.strong = true;
      break;
    case "i": case "em": case "cite": case "dfn": case "var":
      style.emphasis = true;
      break;
    case "code": case "kbd": case "samp": case "tt":
      style.code = true;
      break;
    case "a":
      style.href = address(e.getAttribute("href") ?? "");
  }
  // Google Docs says everything by style, and wraps all in an element for bold that is not.
  const css = e.getAttribute("style") ?? "";
  const weight = /(?:^|;)\s*font-weight\s*:\s*([a-z0-9]+)/i.exec(css)?.[1];
  if (weight) style.strong = /^bold/i.test(weight) || Number(weight) >= 600;
  const slant = /(?:^|;)\s*font-style\s*:\s*([a-z]+)/i.exec(css)?.[1];
  if (slant) style.emphasis = /^(?:italic|oblique)$/i.test(slant);
  return style;
}

/** Returns the address of a link as story text has it, with what follows the question mark as it is; "" if it is none of the web, mail or telephone. */
function address(href: string): string {
  let url: URL;
  try {
    url = new URL(href.trim()); // an address within its page leads nowhere from here
  } catch {
    return "";
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return "";
  return href.trim().replace(/[\s<>()\\[\]|*_`]/g, (c) => (c === "_" ? c : "%" + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")));
}

const isBlockByStyle = (e: Element): boolean => /(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table)/i.test(e.getAttribute("style") ?? "");

const isRaised = (e: Element): boolean => /(?:^|;)\s*vertical-align\s*:\s*super/i.test(e.getAttribute("style") ?? "") && /^\d+$/.test(e.textContent ?? "");

/** Returns raised digits as such: a note's number behind a figure must not become part of it. */
function raised(text: string): string {
  return /^\d+$/.test(text.trim()) ? text.trim().replace(/\d/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(d)]!) : text;
}
