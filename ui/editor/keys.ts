// The keys of the figures panel. They act only while the panel has the focus, and everybody
// can have their own, which this browser keeps.

import { button, element, showDialog } from "./dom";
import { t } from "./words";

export type Act = "accept" | "edit" | "dismiss" | "next" | "previous";

const usual: Record<Act, string> = { accept: "a", edit: "e", dismiss: "x", next: "j", previous: "k" };
const place = "standfirst.figure-keys";

/** Returns the keys by what they do. */
export function figureKeys(): Record<Act, string> {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(place) ?? "{}") as Partial<Record<Act, string>>) };
  } catch {
    return { ...usual }; // nothing is kept, or not by us
  }
}

/** Lets one choose the keys, and calls done once they are chosen. */
export function chooseKeys(done: () => void): void {
  const labels: Record<Act, string> = {
    accept: t("editor.keys.accept"), edit: t("editor.keys.edit"), dismiss: t("editor.keys.dismiss"), next: t("editor.keys.next"), previous: t("editor.keys.previous"),
  };
  const keys = figureKeys();
  const refused = element("p", { class: "refused", role: "alert", hidden: true }, t("editor.keys.twice"));
  const rows = (Object.keys(usual) as Act[]).map((act) => {
    const field = element("input", { id: `key-${act}`, type: "text", maxlength: "1", autocomplete: "off", autocapitalize: "off", spellcheck: "false", required: true, class: "key" });
    field.value = keys[act].toUpperCase();
    field.addEventListener("focus", () => field.select());
    return { act, field, row: element("p", { class: "key-row" }, element("label", { for: field.id }, labels[act]), field) };
  });
  const form = element("form", { method: "dialog" }, ...rows.map((r) => r.row), refused,
    element("p", { class: "buttons" }, element("button", { type: "submit", class: "go" }, t("editor.keys.set")),
      button(t("editor.keys.usual"), () => rows.forEach((r) => (r.field.value = usual[r.act].toUpperCase())), { class: "quiet" }),
      button(t("editor.cancel"), () => dialog.close(), { class: "quiet" })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = Object.fromEntries(rows.map((r) => [r.act, r.field.value.trim().toLowerCase()]));
    if (new Set(Object.values(chosen)).size < rows.length || Object.values(chosen).some((key) => key === "")) {
      refused.hidden = false;
      return;
    }
    try {
      localStorage.setItem(place, JSON.stringify(chosen));
    } catch {
      // A browser that keeps nothing has the usual keys the next time.
    }
    dialog.close();
    done();
  });
  const dialog = showDialog(t("editor.keys"), "keys-dialog", element("p", {}, t("editor.keys.text")), form);
}
