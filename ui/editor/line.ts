// One line of story text from pieces of words in their styles: what is escaped is only
// what would be read as a mark, so that the text reads well. The rules are those of the
// server, which writes saved pages as story text too.

/** How a piece of a line is set. */
export interface Style {
  strong: boolean;
  emphasis: boolean;
  code: boolean;
  href: string; // of the link that it stands in; "" for none
}

/** A stretch of words in one style. One with breaks > 0 is that many ends of lines instead. */
export interface Piece {
  text: string;
  style: Style;
  breaks: number;
}

export const plainStyle: Style = { strong: false, emphasis: false, code: false, href: "" };

const same = (a: Style, b: Style): boolean =>
  a.strong === b.strong && a.emphasis === b.emphasis && a.code === b.code && a.href === b.href;

/** Returns the one space that a run of white space becomes. No-break spaces stay only between a number and its unit: word processors put them anywhere. */
function spaceFor(run: string, at: number, text: string): string {
  return run === "\u00a0" && /\d/.test(text[at - 1] ?? "") && /[\p{L}%]/u.test(text[at + 1] ?? "") ? run : " ";
}

/** Collects words in their styles and writes them as Markdown. */
export class Line {
  private pieces: Piece[] = [];

  /** Adds words. A run of white space becomes one space. */
  push(text: string, style: Style): void {
    let clean = text.replace(/[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000b\u000e-\u001f\u007f]/g, "").replace(/\s+/g, spaceFor);
    const last = this.pieces.at(-1);
    if (!last || last.breaks > 0 || last.text.endsWith(" ")) clean = clean.trimStart();
    if (clean === "") return;
    if (last && last.breaks === 0 && same(last.style, style)) last.text += clean;
    else this.pieces.push({ text: clean, style: { ...style }, breaks: 0 });
  }

  /** Adds the end of a line. */
  break(): void {
    const last = this.pieces.at(-1);
    if (last && last.breaks > 0) last.breaks++;
    else this.pieces.push({ text: "", style: plainStyle, breaks: 1 });
  }

  /** Returns what was collected as paragraphs, and forgets it: a single end of a line stays one, several begin a new paragraph. */
  paragraphs(): string[] {
    const paragraphs: string[] = [];
    let lines: Piece[][] = [[]];
    const flush = (): void => {
      const written = lines.map((line) => writeLine(line, false)).filter((line) => line !== "");
      if (written.length > 0) {
        // A backslash before the one that ends the line would be read as one with it.
        paragraphs.push(written.map((line, i) => (i < written.length - 1 ? line.replace(/\\\\$/, "&#92;") : line)).join("\\\n"));
      }
      lines = [[]];
    };
    for (const piece of this.pieces) {
      if (piece.breaks > 1) flush();
      else if (piece.breaks === 1) lines.push([]);
      else lines.at(-1)!.push(piece);
    }
    flush();
    this.pieces = [];
    return paragraphs;
  }

  /** Returns what was collected as one line, for a heading or a cell of a table, and forgets it. The head of a table is strong by itself. */
  oneLine(cell: boolean, head = false): string {
    const pieces = this.pieces.map((p) => (p.breaks > 0 ? { text: " ", style: plainStyle, breaks: 0 } : head ? { ...p, style: { ...p.style, strong: false } } : p));
    this.pieces = [];
    return writeLine(pieces, cell);
  }
}

function writeLine(collected: Piece[], cell: boolean): string {
  const pieces = trimmed(collected);
  const plain = pieces.map((p) => p.text).join("");
  const marks = pieces.some((p) => !same(p.style, plainStyle));
  const first = startMark(plain);
  const last = endMark(plain);
  let out = "";
  let at = 0;
  let afterMark = false; // the last thing written is the end of emphasis
  pieces.forEach((piece, i) => {
    const before = pieces[i - 1]?.style.href ?? "";
    if (before !== piece.style.href) {
      if (before) out += `](${before})`;
      if (piece.style.href) out += "[";
      if (before || piece.style.href) afterMark = false;
    }
    if (piece.style.code) {
      out += code(piece.text, cell);
      afterMark = false;
    } else {
      const stands = standsFree(plain, at, at + piece.text.length) && !afterMark;
      const mark = stands ? (piece.style.strong ? "**" : "") + (piece.style.emphasis ? "*" : "") : "";
      out += mark;
      for (let n = 0; n < piece.text.length; n++) {
        const c = piece.text[n]!;
        const edge = n === 0 || n === piece.text.length - 1;
        const escape = at + n === first || at + n === last || (cell && c === "|") ||
          (marks && ((edge && "*_\\!".includes(c)) || c === "[" || c === "]")) || escapesInline(plain, at + n);
        out += escape ? "\\" + c : c;
      }
      out += mark;
      afterMark = mark !== "";
    }
    at += piece.text.length;
  });
  const open = pieces.at(-1)?.style.href;
  return open ? `${out}](${open})` : out;
}

/** Returns the pieces without spaces at the ends of the line, with those at the ends of marked ones in pieces of their own. */
function trimmed(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  const push = (text: string, style: Style): void => {
    if (text === "") return;
    const last = out.at(-1);
    if (last && same(last.style, style)) last.text += text;
    else out.push({ text, style, breaks: 0 });
  };
  for (const { text, style } of pieces) {
    const inner = text.trim();
    if (inner === "" || same(style, plainStyle)) {
      push(text, inner === "" ? plainStyle : style);
      continue;
    }
    const lead = text.indexOf(inner);
    push(text.slice(0, lead), plainStyle);
    push(inner, style.code ? { ...style, strong: false, emphasis: false } : style);
    push(text.slice(lead + inner.length), plainStyle);
  }
  // A space between two pieces of one style belongs to it: "**Northwind** **Freight**" is "**Northwind Freight**".
  for (let i = 1; i + 1 < out.length; i++) {
    const [before, space, after] = [out[i - 1]!, out[i]!, out[i + 1]!];
    if (space.text.trim() === "" && same(space.style, plainStyle) && same(before.style, after.style) && !before.style.code && !same(before.style, plainStyle)) {
      before.text += space.text + after.text;
      out.splice(i, 2);
      i--;
    }
  }
  while (out[0] && (out[0].text = out[0].text.trimStart()) === "") out.shift();
  while (out.at(-1) && (out.at(-1)!.text = out.at(-1)!.text.trimEnd()) === "") out.pop();
  return out;
}

/** Reports whether marks around the words would be read as such: neither letters nor digits stand right outside. */
function standsFree(plain: string, start: number, end: number): boolean {
  const free = /^[\s\p{P}]$/u;
  const outside = (c: string | undefined): boolean => c === undefined || (free.test(c) && c !== "*" && c !== "_");
  return outside(plain[start - 1]) && outside(plain[end]);
}

function code(text: string, cell: boolean): string {
  const inner = cell ? text.replaceAll("|", "\\|") : text;
  const fence = "`".repeat(longestRun(inner) + 1);
  return inner.startsWith("`") || inner.endsWith("`") ? `${fence} ${inner} ${fence}` : fence + inner + fence;
}

/** Returns the length of the longest run of backticks. */
export function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

// Lines whose first character would begin a heading, a quote, an item, a container, a block of code.
const blockStart = /^(?:#{1,6}(?: |$)|>|[-+*](?: |$)|:{3}|~{3})/;
const numberStart = /^[0-9]{1,9}[.)](?: |$)/;
const ruleLine = /^(?:=+|[|: ]*-[|: -]*|(?:\* *){3,}|(?:_ *){3,}) *$/;

/** Returns the offset of what must be escaped because the line begins with it, or -1. */
function startMark(line: string): number {
  if (blockStart.test(line) || ruleLine.test(line)) return 0;
  return numberStart.test(line) ? line.search(/[.)]/) : -1;
}

/** Returns the offset of number signs that would be cut off the end of a heading, or -1. */
function endMark(line: string): number {
  const found = /(?:^| )#+$/.exec(line);
  return found ? line.length - found[0].trimStart().length : -1;
}

const punctuation = /[!-/:-@[-`{-~]/;
const wordRune = /[\p{L}\p{N}]/u;

/** Reports whether the character at the offset could begin or end an inline mark. */
function escapesInline(line: string, i: number): boolean {
  const before = line[i - 1];
  const after = line[i + 1];
  const alone = (before === undefined || before === " ") && (after === undefined || after === " ");
  switch (line[i]) {
    case "`":
      return true;
    case "\\":
      return after === undefined || punctuation.test(after);
    case "*":
      return !alone;
    case "_":
      return !alone && !(before !== undefined && wordRune.test(before) && after !== undefined && wordRune.test(after));
    case "[":
      return !/^\[[^[\]\\`<^][^[\]\\`<]*\](?![([:])/.test(line.slice(i));
    case "<":
      return /^<(?:[/!?A-Za-z]|[^<> ]*@[^<> ]*>)/.test(line.slice(i));
    case "&":
      return /^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/.test(line.slice(i));
  }
  return false;
}
