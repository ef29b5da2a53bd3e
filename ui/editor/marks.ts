// Where the figures that are proposed stand in the text. The places move with the text while
// it is written, until the server has read it again.

import { type EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

/** One proposed figure in the text. */
export interface Mark {
  from: number;
  to: number;
  words: string;
  ledger: string; // what the ledger has instead, in words; empty where nothing contradicts
}

export const setMarks = StateEffect.define<Mark[]>();
export const setCurrent = StateEffect.define<number>();

interface Marks { marks: Mark[]; current: number; drawn: DecorationSet }

class Contradiction extends WidgetType {
  constructor(private readonly text: string) {
    super();
  }

  override eq(other: Contradiction): boolean {
    return other.text === this.text;
  }

  override toDOM(): HTMLElement {
    const e = document.createElement("span");
    e.className = "cm-now";
    e.textContent = ` ${this.text}`;
    return e;
  }
}

const proposed = Decoration.mark({ class: "cm-proposed" });
const now = Decoration.mark({ class: "cm-proposed cm-proposed-now" });
const contradicted = Decoration.mark({ class: "cm-proposed cm-struck" });
const contradictedNow = Decoration.mark({ class: "cm-proposed cm-proposed-now cm-struck" });

function draw(marks: Mark[], current: number): DecorationSet {
  return Decoration.set(marks.flatMap((m, n) => {
    if (m.from >= m.to) return [];
    const mark = m.ledger ? (n === current ? contradictedNow : contradicted) : n === current ? now : proposed;
    const drawn = [mark.range(m.from, m.to)];
    if (m.ledger) drawn.push(Decoration.widget({ widget: new Contradiction(m.ledger), side: 1 }).range(m.to));
    return drawn;
  }), true);
}

/** The marks of the text, in the order of the panel. */
export const marks = StateField.define<Marks>({
  create: () => ({ marks: [], current: -1, drawn: Decoration.none }),
  update(value, transaction) {
    let { marks, current, drawn } = value;
    let changed = false;
    if (transaction.docChanged && marks.length > 0) {
      marks = marks.map((m) => ({ ...m, from: transaction.changes.mapPos(m.from, 1), to: transaction.changes.mapPos(m.to, -1) }));
      drawn = drawn.map(transaction.changes);
    }
    for (const e of transaction.effects) {
      if (e.is(setMarks)) {
        marks = e.value;
        changed = true;
      } else if (e.is(setCurrent) && e.value !== current) {
        current = e.value;
        changed = true;
      }
    }
    return { marks, current, drawn: changed ? draw(marks, current) : drawn };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.drawn),
});

/** Returns where the proposal stands now, or undefined if its words are there no more. */
export function markAt(state: EditorState, n: number): Mark | undefined {
  const m = state.field(marks).marks[n];
  return m && state.sliceDoc(m.from, m.to) === m.words ? m : undefined;
}
