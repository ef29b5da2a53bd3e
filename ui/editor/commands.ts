// What the toolbar and the keys do to the text. Each is one undoable change.

import { syntaxTree } from "@codemirror/language";
import { type ChangeSpec, EditorSelection, type EditorState, type StateCommand } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** Returns the innermost node of the name around the stretch. */
export function around(state: EditorState, from: number, to: number, name: string): SyntaxNode | null {
  for (const side of [1, -1] as const) {
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(from, side); node; node = node.parent) {
      if (node.name === name && node.from <= from && node.to >= to) return node;
    }
  }
  return null;
}

/** Returns the command that sets words between marks, or takes the marks away. Without a selection it takes the word at the cursor. */
function toggleMark(mark: string, name: string): StateCommand {
  return ({ state, dispatch }) => {
    const changed = state.changeByRange((range) => {
      const node = around(state, range.from, range.to, name);
      if (node) {
        const [first, last] = [node.from + mark.length, node.to - mark.length];
        return {
          changes: [{ from: node.from, to: first }, { from: last, to: node.to }],
          range: EditorSelection.range(clamp(range.anchor, first, last) - mark.length, clamp(range.head, first, last) - mark.length),
        };
      }
      let { from, to } = range.empty ? (state.wordAt(range.from) ?? range) : range;
      while (from < to && /\s/.test(state.sliceDoc(from, from + 1))) from++;
      while (to > from && /\s/.test(state.sliceDoc(to - 1, to))) to--;
      const inside = range.empty ? EditorSelection.cursor(range.from + mark.length) : EditorSelection.range(from + mark.length, to + mark.length);
      return { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: inside };
    });
    dispatch(state.update(changed, { scrollIntoView: true, userEvent: "input.format" }));
    return true;
  };
}

const clamp = (at: number, least: number, most: number): number => Math.min(most, Math.max(least, at));

export const strong = toggleMark("**", "StrongEmphasis");
export const emphasis = toggleMark("*", "Emphasis");

const blockMark = /^(?:#{1,6} +|> ?|[-+*] +|\d{1,9}[.)] +)/;

/** Returns the command that begins the chosen lines with the mark, or takes it away where all have it. */
function toggleLines(mark: (n: number) => string, has: RegExp): StateCommand {
  return ({ state, dispatch }) => {
    const lines = [];
    for (const range of state.selection.ranges) {
      for (let at = range.from; ;) {
        const line = state.doc.lineAt(at);
        lines.push(line);
        if (line.to >= range.to) break;
        at = line.to + 1;
      }
    }
    const filled = lines.length > 1 ? lines.filter((l) => l.text.trim() !== "") : lines;
    const off = filled.every((l) => has.test(l.text));
    const changes: ChangeSpec[] = filled.map((l, n) => {
      const old = blockMark.exec(l.text)?.[0] ?? "";
      return { from: l.from, to: l.from + old.length, insert: off ? "" : mark(n) };
    });
    const set = state.changes(changes);
    dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), scrollIntoView: true, userEvent: "input.format" }));
    return true;
  };
}

export const heading = toggleLines(() => "## ", /^## /);
export const subheading = toggleLines(() => "### ", /^### /);
export const quote = toggleLines(() => "> ", /^>/);
export const list = toggleLines(() => "- ", /^[-+*] /);
export const numbered = toggleLines((n) => `${n + 1}. `, /^\d{1,9}[.)] /);

/** Returns the link around the selection, or what would become one: the selection, or the word at the cursor. */
export function linkAt(state: EditorState): { from: number; to: number; words: string; address: string } {
  const { from, to } = state.selection.main;
  const node = around(state, from, to, "Link");
  const url = node?.getChild("URL");
  if (node && url) {
    const close = node.getChildren("LinkMark")[1]!;
    return { from: node.from, to: node.to, words: state.sliceDoc(node.from + 1, close.from), address: state.sliceDoc(url.from, url.to) };
  }
  const word = from === to ? (state.wordAt(from) ?? { from, to }) : { from, to };
  return { from: word.from, to: word.to, words: state.sliceDoc(word.from, word.to), address: "" };
}

/** Reports which of the toolbar's styles the selection has. */
export function stylesAt(state: EditorState): Record<string, boolean> {
  const { from, to } = state.selection.main;
  const text = state.doc.lineAt(from).text;
  return {
    strong: !!around(state, from, to, "StrongEmphasis"), emphasis: !!around(state, from, to, "Emphasis"), link: !!around(state, from, to, "Link"),
    heading: /^## /.test(text), subheading: /^### /.test(text), quote: /^>/.test(text), list: /^\s*[-+*] /.test(text), numbered: /^\s*\d{1,9}[.)] /.test(text),
  };
}

/** Begins a new paragraph, which in story text is an empty line away. */
export const newParagraph: StateCommand = ({ state, dispatch }) => {
  const { from } = state.selection.main;
  const line = state.doc.lineAt(from);
  if (state.selection.ranges.length > 1 || line.text.trim() === "" || /^\s*(?:[|>]|:{3}|```|~~~)/.test(line.text) || around(state, from, from, "FencedCode")) return false;
  dispatch(state.update(state.replaceSelection("\n\n"), { scrollIntoView: true, userEvent: "input" }));
  return true;
};

/** Begins a new line in the paragraph. */
export const newLine: StateCommand = ({ state, dispatch }) => {
  const line = state.doc.lineAt(state.selection.main.from);
  dispatch(state.update(state.replaceSelection(line.text.trim() === "" ? "\n" : "\\\n"), { scrollIntoView: true, userEvent: "input" }));
  return true;
};

/** Joins the paragraph with the one before, over the empty line between them. */
export const joinParagraph: StateCommand = ({ state, dispatch }) => {
  const { from, empty } = state.selection.main;
  const line = state.doc.lineAt(from);
  if (!empty || from !== line.from || line.number < 3) return false;
  const blank = state.doc.line(line.number - 1);
  const before = state.doc.line(line.number - 2);
  if (blank.length > 0 || before.length === 0) return false;
  dispatch(state.update({ changes: { from: before.to, to: from }, userEvent: "delete.backward", scrollIntoView: true }));
  return true;
};
