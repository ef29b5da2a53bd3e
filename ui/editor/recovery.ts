// A text that this browser kept and the server has not: offered when the story is opened,
// with what is different, and never put in its place unasked.

import type { Extension } from "@codemirror/state";
import { compare } from "./comparison";
import { button, element } from "./dom";
import { type Fields, readForm, sameFields } from "./form";
import { forget, type Kept, keptOf, openPages } from "./keep";
import type { Saving } from "./saving";
import { t } from "./words";

export interface Recovery {
  form: HTMLFormElement;
  saving: Saving;
  person: string;
  place: Element; // the offer is put before it
  editing: Extension[];
  use: (fields: Fields) => void;
}

/** Looks for a text to offer. */
export async function recover(r: Recovery): Promise<void> {
  const kept = await keptOf(r.saving.story).catch(() => [] as Kept[]);
  const open = await openPages(r.saving.story, kept.map((k) => k.page)).catch(() => new Set<string>());
  const here = readForm(r.form);
  let newest: Kept | undefined;
  for (const k of kept) {
    if (k.page === r.saving.page || open.has(k.page) || k.person !== r.person) continue;
    if (sameFields(here, k.fields)) await forget(k.story, k.page);
    else newest ??= k;
  }
  if (newest) offer(r, newest);
}

function offer(r: Recovery, kept: Kept): void {
  const at = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const gone = (): void => {
    box.remove();
    void forget(kept.story, kept.page);
  };
  const use = (fields: Fields): void => {
    r.use(fields);
    gone();
  };
  const look = (): void => compare(r.form, {
    title: t("editor.kept.compare"), explanation: t("editor.kept.text", at), mineIs: t("editor.kept.mine"), theirsIs: t("editor.kept.theirs"),
    base: kept.before, mine: kept.fields, theirs: readForm(r.form),
  }, r.editing, use, () => undefined);
  const box = element("section", { class: "kept", "aria-labelledby": "kept-title" },
    element("h2", { id: "kept-title" }, t("editor.kept")),
    element("p", {}, t("editor.kept.text", at)),
    element("p", { class: "buttons" },
      button(t("editor.kept.look"), look, { class: "go" }),
      button(t("editor.kept.use"), () => use(kept.fields), { class: "quiet" }),
      button(t("editor.kept.drop"), gone, { class: "quiet" })));
  r.place.before(box);
}
