// The desk's story page while it is written: the editor over the text, saving by itself, and
// the figures panel. Without it the page is a form that does the same.

import { EditorView } from "@codemirror/view";
import { compare } from "./comparison";
import { type Fields, meet, readForm, writeForm } from "./form";
import { recover } from "./recovery";
import { type Conflict, Saving } from "./saving";
import { addStatus } from "./status";
import { editArea, replaceText, storyEditing } from "./text";
import { Figures } from "./figures";
import { marks } from "./marks";
import { fillWords, pictures } from "./pictures";
import { addToolbar, showHelp, toolbarKeys, toolbarState } from "./toolbar";
import { t, takeWords } from "./words";

const form = document.querySelector<HTMLFormElement>("#story-form");
const area = form?.querySelector<HTMLTextAreaElement>("#body");
if (form && area && !area.readOnly && !area.disabled) {
  open(form, area);
  performance.mark("editor-ready");
}

function open(form: HTMLFormElement, area: HTMLTextAreaElement): void {
  const about = form.querySelector<HTMLElement>("[data-words]")?.dataset ?? {};
  takeWords(about["words"]);
  const label = area.labels?.[0]?.textContent?.trim() || area.getAttribute("aria-label") || t("editor.text");
  const editing = storyEditing(about["nonce"] ?? "", label, document.documentElement.lang);
  const view = editArea(area, [
    ...editing, toolbarKeys, toolbarState, marks, pictures,
    EditorView.updateListener.of((u) => {
      if (!u.docChanged) return;
      saving.changed();
      figures?.changed(u.changes);
    }),
  ]);
  view.contentDOM.id = "body-text";
  addToolbar(view, () => showHelp());
  fillWords(form);

  const panel = document.querySelector<HTMLElement>("#figures");
  const figures = panel ? new Figures(view, form, panel) : undefined;

  const status = addStatus(document.querySelector("#saved") ?? form, `/desk/sign-in?next=${encodeURIComponent(location.pathname)}`, () => reopen());
  let reopen = (): void => undefined;
  const saving = new Saving({
    form, person: about["person"] ?? "",
    onState: (state) => status.tell(state),
    onSaved: ({ version, words, minutes }) => {
      says("#version", t("editor.version", version));
      says("#words", t("editor.words", words));
      says("#minutes", t("editor.minutes", minutes));
    },
    onConflict: (conflict) => {
      reopen = () => void meetWith(conflict);
      reopen();
    },
  });

  // These keys are for the whole page: one may be in the headline, or nowhere yet.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey ? event.code === "KeyF" && figures?.focus() : event.key === "s") {
      event.preventDefault();
      if (!event.altKey) saving.now();
    }
  });

  const put = (fields: Fields): void => {
    writeForm(form, fields);
    replaceText(view, fields["body"]?.[0] ?? area.value);
    saving.changed();
  };

  /** Brings the text here together with the one that the server has. */
  const meetWith = async (conflict: Conflict): Promise<void> => {
    const { fields: theirs, version } = await onServer(form, conflict);
    const mine = readForm(form);
    const met = meet(saving.base, mine, theirs);
    if (met.open.length === 0) {
      // Each changed something else: nothing is to be chosen.
      put(met.fields);
      saving.goOn(version, theirs);
      return;
    }
    const at = conflict.at ? new Date(conflict.at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" }) : "";
    compare(form, {
      title: t("editor.meet"), explanation: t("editor.meet.text", conflict.by ?? "", at), mineIs: t("editor.meet.mine"), theirsIs: conflict.by || t("editor.meet.theirs"),
      base: saving.base, mine, theirs,
    }, editing, (fields) => {
      put(fields);
      saving.goOn(version, theirs);
    }, () => undefined);
  };

  void recover({ form, saving, person: about["person"] ?? "", place: form.querySelector(".page")?.firstElementChild ?? form, editing, use: put });
}

function says(selector: string, words: string): void {
  const e = document.querySelector(selector);
  if (e) e.textContent = words;
}

/** Returns what the server has of the story: the whole form, or what it told of it. */
async function onServer(form: HTMLFormElement, told: Conflict): Promise<{ fields: Fields; version: number }> {
  try {
    const response = await fetch(form.action, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10_000) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const other = page.querySelector<HTMLFormElement>("#story-form");
    if (response.ok && other) return { fields: readForm(other), version: Number(new FormData(other).get("version")) };
  } catch {
    // What the refusal told is enough to go on with.
  }
  const fields: Fields = {};
  for (const name of ["headline", "standfirst", "body"] as const) if (told[name] !== undefined) fields[name] = [told[name]];
  return { fields, version: told.version };
}
