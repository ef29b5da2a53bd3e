// Where the containers of a text are: blocks between a line ":::name argument" and ":::".

import { StateField, type Text } from "@codemirror/state";

/** One container. Lines count from 1; a container that nobody closed ends with the text. */
export interface Container {
  name: string;
  argument: string;
  first: number; // line that opens it
  last: number; // line that closes it
  closed: boolean;
  depth: number; // how many containers it stands in
}

const opening = /^ {0,3}:{3,}\s*(voices|note|figure|deal|timeline|embed)\b\s*(.*?)\s*$/;
const closing = /^ {0,3}:{3,}\s*$/;
const fence = /^ {0,3}(?:```|~~~)/;

function find(doc: Text): Container[] {
  const found: Container[] = [];
  const open: Container[] = [];
  let number = 0;
  let code = false;
  for (const line of doc.iterLines()) {
    number++;
    if (fence.test(line)) code = !code;
    else if (!code && line.includes(":::")) {
      const opened = opening.exec(line);
      if (opened) {
        const c = { name: opened[1]!, argument: opened[2]!, first: number, last: doc.lines, closed: false, depth: open.length };
        found.push(c);
        open.push(c);
      } else if (closing.test(line)) {
        const c = open.pop();
        if (c) {
          c.last = number;
          c.closed = true;
        }
      }
    }
  }
  return found;
}

/** The containers of the text, by the line that opens them. */
export const containersOf = StateField.define<Container[]>({
  create: (state) => find(state.doc),
  update(value, transaction) {
    if (!transaction.docChanged) return value;
    // Typing within a line that has to do with no container moves none.
    let plain = value.length === 0 || transaction.startState.doc.lines === transaction.newDoc.lines;
    transaction.changes.iterChanges((fromA, toA, fromB, toB) => {
      const old = transaction.startState.doc;
      if (/[:`~]/.test(old.sliceString(old.lineAt(fromA).from, old.lineAt(toA).to)) ||
        /[:`~]/.test(transaction.newDoc.sliceString(transaction.newDoc.lineAt(fromB).from, transaction.newDoc.lineAt(toB).to))) plain = false;
    });
    return plain ? value : find(transaction.newDoc);
  },
});
