// Two texts that meet: both are shown where they differ, and one chooses for each place, or
// writes what it shall be. Nothing is lost before the choice is made.

import { acceptChunk, getChunks, rejectChunk, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { button, element, showDialog } from "./dom";
import { type Fields, labelOf, meet, type Met } from "./form";
import { t } from "./words";

export interface Texts {
  title: string;
  explanation: string;
  mineIs: string; // such as "Yours"
  theirsIs: string; // such as "On the server"
  base: Fields;
  mine: Fields;
  theirs: Fields;
}

/** Shows the texts, and calls done with what was chosen. Closing without a choice calls put off. */
export function compare(form: HTMLFormElement, texts: Texts, editing: Extension[], done: (fields: Fields) => void, putOff: () => void): void {
  const met = meet(texts.base, texts.mine, texts.theirs);
  const choices = met.open.filter((name) => name !== "body").map((name) => choice(form, name, texts));
  const body = element("div", { class: "meeting-body" });
  const view = met.open.includes("body") ? bodyView(body, texts, met, editing) : undefined;
  const finish = (fields: Fields): void => {
    chosen = true;
    dialog.close();
    done(fields);
  };
  let chosen = false;
  const save = button(t("editor.meet.save"), () => {
    const fields = { ...met.fields };
    for (const c of choices) fields[c.name] = c.chosen();
    if (view) fields["body"] = [view.state.doc.toString()];
    finish(fields);
  }, { class: "go" });
  const dialog = showDialog(texts.title, "meeting",
    element("p", {}, texts.explanation),
    ...choices.map((c) => c.element),
    ...(view ? [element("p", { class: "meta" }, t("editor.meet.help")), body] : []),
    element("p", { class: "buttons" }, save,
      button(t("editor.meet.all", texts.mineIs), () => finish({ ...met.fields, ...only(met, texts.mine) }), { class: "quiet" }),
      button(t("editor.meet.all", texts.theirsIs), () => finish({ ...met.fields, ...only(met, texts.theirs) }), { class: "quiet" }),
      button(t("editor.meet.later"), () => dialog.close(), { class: "quiet" })));
  dialog.addEventListener("close", () => {
    view?.destroy();
    if (!chosen) putOff();
  });
}

const only = (met: Met, side: Fields): Fields => Object.fromEntries(met.open.map((name) => [name, side[name] ?? []]));

/** Returns a choice between the two values of a field. */
function choice(form: HTMLFormElement, name: string, texts: Texts): { name: string; element: HTMLElement; chosen: () => string[] } {
  const option = (side: "mine" | "theirs", label: string): HTMLElement => {
    const id = `meet-${name}-${side}`;
    const said = (texts[side][name] ?? []).filter((v) => v !== "").join(", ") || t("editor.meet.empty");
    return element("p", { class: "choice" },
      element("input", { type: "radio", name: `meet-${name}`, id, value: side, checked: side === "mine" }),
      element("label", { for: id }, element("b", {}, label), " ", said));
  };
  const set = element("fieldset", {}, element("legend", {}, labelOf(form, name)), option("mine", texts.mineIs), option("theirs", texts.theirsIs));
  return { name, element: set, chosen: () => texts[set.querySelector<HTMLInputElement>("input:checked")?.value === "theirs" ? "theirs" : "mine"][name] ?? [] };
}

/** Shows my body with what theirs says instead, place by place. */
function bodyView(parent: HTMLElement, texts: Texts, met: Met, editing: Extension[]): EditorView {
  const view: EditorView = new EditorView({
    parent,
    state: EditorState.create({
      doc: met.fields["body"]?.[0] ?? "",
      extensions: [
        ...editing,
        unifiedMergeView({
          original: texts.theirs["body"]?.[0] ?? "", gutter: false, syntaxHighlightDeletions: false, collapseUnchanged: { margin: 2, minSize: 6 },
          diffConfig: { scanLimit: 1000, timeout: 500 },
          mergeControls: (type, action) => {
            const b = element("button", { type: "button", class: "quiet" }, t("editor.meet.take", type === "accept" ? texts.mineIs : texts.theirsIs));
            b.addEventListener("mousedown", action);
            // Keyboards press buttons without a mouse.
            b.addEventListener("click", (event) => {
              if (event.detail !== 0) return;
              const at = view.posAtDOM(b);
              const found = getChunks(view.state)?.chunks.find((c) => c.fromB <= at && c.endB >= at);
              if (found) (type === "accept" ? acceptChunk : rejectChunk)(view, found.fromB);
            });
            return b;
          },
        }),
      ],
    }),
  });
  return view;
}
