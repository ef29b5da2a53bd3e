// The editor over the text area of the form. The area stays in the form and holds what the
// editor holds; without script it is the editor.

import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import * as commands from "./commands";
import { storyText } from "./language";
import { fromClipboard, isRich } from "./paste";
import { reading } from "./reading";

/** What every editor of story text has, the one of two versions as well. */
export function storyEditing(nonce: string, label: string, language: string): Extension[] {
  return [
    EditorView.cspNonce.of(nonce),
    history(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", lang: language }),
    storyText(),
    pasting,
    keymap.of([
      { key: "Mod-b", run: commands.strong }, { key: "Mod-i", run: commands.emphasis },
      { key: "Mod-Alt-2", run: commands.heading }, { key: "Mod-Alt-3", run: commands.subheading },
      { key: "Mod-Shift-9", run: commands.quote }, { key: "Mod-Shift-8", run: commands.list }, { key: "Mod-Shift-7", run: commands.numbered },
      ...historyKeymap, ...defaultKeymap,
    ]),
  ];
}

/** Turns what is pasted into story text. With Shift held, browsers give the words alone. */
const pasting = EditorView.domEventHandlers({
  paste(event, view) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (view.state.readOnly || !isRich(html)) return false;
    const text = fromClipboard(html);
    if (text === "") return false;
    event.preventDefault();
    const { from, to } = view.state.selection.main;
    view.dispatch({
      ...view.state.replaceSelection(between(view.state, from, to, text)),
      scrollIntoView: true, userEvent: "input.paste", annotations: isolateHistory.of("full"),
    });
    return true;
  },
});

/** Returns pasted text with the empty lines that blocks need around them. Words of one paragraph go into the line as they are. */
export function between(state: EditorState, from: number, to: number, text: string): string {
  const block = text.includes("\n") || /^(?:#{1,6} |> |- |\d+\. |\*\*\*$|\|)/.test(text);
  if (!block) return text;
  const before = state.sliceDoc(Math.max(0, from - 2), from);
  const after = state.sliceDoc(to, to + 2);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? (from === 1 ? "" : "\n") : "\n\n";
  const trail = after === "" || after.startsWith("\n\n") || after === "\n" ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return lead + text + trail;
}

/** Puts the editor in the place of the area and keeps the area in step. */
export function editArea(area: HTMLTextAreaElement, extensions: Extension[]): EditorView {
  let timer = 0;
  const keepInStep = (): void => {
    timer = 0;
    area.value = view.state.doc.toString();
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        ...extensions, reading, placeholder(area.placeholder),
        EditorView.updateListener.of((u) => {
          // A browser lays an area out for every value: once typing pauses is enough.
          if (u.docChanged) timer ||= setTimeout(keepInStep, 200);
        }),
      ],
    }),
  });
  area.hidden = true;
  const help = document.getElementById(area.getAttribute("aria-describedby") ?? "");
  if (help) help.hidden = true; // it says which marks to write
  area.after(view.dom);
  // Whoever reads the form, to send it as well, reads what the editor holds.
  area.form?.addEventListener("formdata", ({ formData }) => formData.set(area.name, view.state.doc.toString()));
  for (const label of area.labels ?? []) label.addEventListener("click", () => view.focus());
  return view;
}

/** Replaces the whole text by another in as few changes as keep the place of the cursor. */
export function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, text.length) - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) }, annotations: isolateHistory.of("full") });
}
