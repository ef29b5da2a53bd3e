// Pictures in the text: dropped, pasted, or chosen from the library. What one sees of it is
// asked for before a picture stands in the text; what is said of it first is kept in the
// library, for whoever uses it next.

import { isolateHistory } from "@codemirror/commands";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { containersOf } from "./containers";
import { button, element, showDialog } from "./dom";
import { Line, plainStyle } from "./line";
import { between } from "./text";
import { t } from "./words";

/** A picture of the library. */
interface Picture {
  id: number;
  address: string; // in the text
  path: string; // of its page
  file: string; // of a small size; empty while it is made
  title: string;
  alt: string;
  caption: string;
  credit: string;
  mine: boolean; // what is said of it can be changed
}

interface List { pictures: Picture[]; more: string }
interface Taken { error?: string; pictures?: Picture[]; failures?: unknown[] }

const library = "/desk/media";

/** Takes pictures that are dropped or pasted. Words win where the clipboard has both. */
export const pictures = EditorView.domEventHandlers({
  paste(event, view) {
    const files = picturesIn(event.clipboardData);
    if (files.length === 0 || view.state.readOnly || event.clipboardData?.getData("text/plain")) return false;
    event.preventDefault();
    void insertFiles(view, files);
    return true;
  },
  drop(event, view) {
    const files = picturesIn(event.dataTransfer);
    if (files.length === 0 || view.state.readOnly) return false;
    event.preventDefault();
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
    if (at !== null) view.dispatch({ selection: { anchor: at } });
    void insertFiles(view, files);
    return true;
  },
});

const picturesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])].filter((f) => f.type.startsWith("image/"));

/** Uploads the files one after another, and asks what to say of each. */
async function insertFiles(view: EditorView, files: File[]): Promise<void> {
  for (const file of files) await ask(view, file);
}

/** Shows the library, to choose from it or to add to it. */
export function choosePicture(view: EditorView): boolean {
  const files = element("input", { id: "picture-files", type: "file", multiple: true, accept: "image/jpeg,image/png,image/webp,image/gif" });
  const words = element("input", { id: "picture-words", type: "search", autocomplete: "off", maxlength: "200" });
  const list = element("ul", { class: "picture-choice" });
  const status = element("p", { class: "meta", role: "status" });
  const more = button(t("editor.picture.more"), () => void show(next), { class: "quiet", hidden: true });
  let next = "";
  let asked = 0;
  const show = async (address: string): Promise<void> => {
    const mine = ++asked;
    status.textContent = "";
    const found = await get<List>(address);
    if (mine !== asked) return; // other words were typed meanwhile
    if (!found) {
      status.textContent = t("editor.picture.failed");
      return;
    }
    if (!address.includes("before=")) list.replaceChildren();
    for (const p of found.pictures) {
      const seen = p.file ? element("img", { src: p.file, alt: "", loading: "lazy" }) : element("span", { class: "preparing" }, t("editor.picture.preparing"));
      list.append(element("li", {}, button("", () => {
        dialog.close();
        void ask(view, p);
      }, { class: "quiet" })));
      list.lastElementChild!.firstElementChild!.append(seen, element("span", { class: "name" }, p.alt || p.title));
    }
    if (list.children.length === 0) status.textContent = t("editor.picture.none");
    next = found.more;
    more.hidden = next === "";
  };
  let timer = 0;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(`${library}?q=${encodeURIComponent(words.value)}`), 250);
  });
  files.addEventListener("change", () => {
    const chosen = [...(files.files ?? [])];
    if (chosen.length === 0) return;
    dialog.close();
    void insertFiles(view, chosen);
  });
  const dialog = showDialog(t("editor.picture.choose"), "picture-dialog",
    element("p", {}, element("label", { for: files.id }, t("editor.picture.file")), files),
    element("p", {}, element("label", { for: words.id }, t("editor.picture.find")), words),
    list, status,
    element("p", { class: "buttons" }, more, button(t("editor.cancel"), () => dialog.close(), { class: "quiet" })));
  void show(library);
  return true;
}

/** Asks what to say of a picture, which may still have to be uploaded, and sets it into the text. It ends when the dialog is closed. */
function ask(view: EditorView, source: File | Picture): Promise<void> {
  const alt = element("textarea", { id: "picture-text-alt", rows: "2", maxlength: "2000", "aria-describedby": "picture-text-help" });
  const caption = element("textarea", { id: "picture-text-caption", rows: "2", maxlength: "2000" });
  const credit = element("input", { id: "picture-text-credit", type: "text", maxlength: "2000", autocomplete: "off" });
  const status = element("p", { class: "meta", role: "status" });
  const preview = element("p", { class: "picture-preview" });
  const insert = element("button", { type: "submit", class: "go", disabled: true }, t("editor.picture.insert"));
  const again = button(t("editor.picture.again"), () => void send(), { class: "quiet", hidden: true });
  let picture: Picture | undefined;
  let warned = false;

  const ready = (p: Picture): void => {
    picture = p;
    status.textContent = "";
    insert.disabled = false;
    preview.replaceChildren(element("img", { src: `${p.path}/small`, alt: "" }));
    // What was typed meanwhile stays.
    alt.value ||= p.alt;
    caption.value ||= p.caption;
    credit.value ||= p.credit;
  };
  const send = async (): Promise<void> => {
    if (!(source instanceof File)) return;
    again.hidden = true;
    status.textContent = t("editor.picture.sending", source.name);
    const data = new FormData();
    data.append("files", source, source.name || "picture");
    const taken = await post<Taken>(library, data);
    const p = taken?.pictures?.[0];
    if (p) {
      addChoice(p);
      ready(p);
    } else {
      status.textContent = taken?.error ?? t("editor.picture.failed");
      again.hidden = taken?.failures !== undefined; // the same file will not do
    }
  };

  const form = element("form", { method: "dialog" }, preview, status,
    element("p", {}, element("label", { for: alt.id }, t("editor.picture.alt")), alt),
    element("p", { class: "meta", id: "picture-text-help" }, t("editor.picture.alt.help")),
    element("p", {}, element("label", { for: caption.id }, t("editor.picture.caption")), caption),
    element("p", {}, element("label", { for: credit.id }, t("editor.picture.credit")), credit),
    element("p", { class: "buttons" }, insert, again, button(t("editor.cancel"), () => dialog.close(), { class: "quiet" })));
  alt.addEventListener("input", () => {
    warned = false;
    insert.textContent = t("editor.picture.insert");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!picture) return;
    if (alt.value.trim() === "" && !warned) {
      warned = true;
      status.textContent = t("editor.picture.noalt");
      insert.textContent = t("editor.picture.anyway");
      alt.focus();
      return;
    }
    const said = { alt: oneLine(alt.value), caption: oneLine(caption.value), credit: oneLine(credit.value) };
    tellLibrary(picture, said);
    dialog.close();
    setFigure(view, figure(picture.address, said));
  });
  const dialog = showDialog(t("editor.picture.title"), "picture-text", form);
  if (source instanceof File) void send();
  else ready(source);
  alt.focus();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve()));
}

interface Said { alt: string; caption: string; credit: string }

const oneLine = (text: string): string => text.trim().replace(/[ \t\r\n]+/g, " ");

/** Keeps in the library what is said of a picture of which it says nothing yet. The text does not wait for it. */
function tellLibrary(picture: Picture, said: Said): void {
  const data = new URLSearchParams();
  for (const name of ["alt", "caption", "credit"] as const) if (picture[name] === "" && said[name] !== "") data.set(name, said[name]);
  if (picture.mine && data.size > 0) void post(picture.path, data);
}

/** Writes a picture as story text, as markup.WriteFigure does. */
export function figure(address: string, said: Said): string {
  const escaped = (text: string): string => {
    const line = new Line();
    line.push(text, plainStyle);
    return line.paragraphs()[0] ?? "";
  };
  return [":::figure", `![${said.alt.replace(/[\\[\]`*_<&]/g, "\\$&")}](${address})`,
    ...(said.caption ? [escaped(said.caption)] : []), ...(said.credit ? [`Credit: ${escaped(said.credit)}`] : []), ":::"].join("\n");
}

/** Sets the figure after the paragraph or container in which the cursor is. */
function setFigure(view: EditorView, text: string): void {
  const at = afterBlock(view.state, view.state.selection.main.head);
  const insert = between(view.state, at, at, text);
  const after = view.state.sliceDoc(at, at + 1) === "\n" && !insert.endsWith("\n") ? 1 : 0; // the empty line below it
  view.dispatch({
    changes: { from: at, insert }, selection: { anchor: at + insert.length + after }, scrollIntoView: true,
    userEvent: "input.paste", annotations: isolateHistory.of("full"),
  });
  view.focus();
}

function afterBlock(state: EditorState, at: number): number {
  const { doc } = state;
  let line = doc.lineAt(at);
  const inside = state.field(containersOf).find((c) => c.depth === 0 && c.first <= line.number && c.last >= line.number);
  if (inside) line = doc.line(inside.last);
  else if (line.text.trim() !== "") while (line.number < doc.lines && doc.line(line.number + 1).text.trim() !== "" && !/^ {0,3}:{3,}/.test(doc.line(line.number + 1).text)) line = doc.line(line.number + 1);
  return line.to;
}

async function get<T>(address: string): Promise<T | undefined> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Sends something and returns what is answered, also where it was refused; undefined where nothing came back. */
async function post<T>(address: string, body: FormData | URLSearchParams): Promise<T | undefined> {
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return (await response.json()) as T;
  } catch {
    return undefined;
  }
}

const headFields: Record<string, Record<"alt" | "caption" | "credit", string>> = {
  picture: { alt: "picture-alt", caption: "picture-caption", credit: "picture-credit" },
  "social-picture": { alt: "social-alt", caption: "", credit: "" },
};

/** Fills in what the library says of a picture when it is chosen beside the text. What somebody wrote there stays. */
export function fillWords(form: HTMLFormElement): void {
  for (const [name, fields] of Object.entries(headFields)) {
    const select = form.elements.namedItem(name);
    if (!(select instanceof HTMLSelectElement)) continue;
    let before = select.selectedOptions[0]?.dataset ?? {};
    select.addEventListener("change", () => {
      const now = select.selectedOptions[0]?.dataset ?? {};
      for (const [what, id] of Object.entries(fields)) {
        const field = id ? form.elements.namedItem(id) : null;
        if (!(field instanceof HTMLInputElement) || (field.value !== "" && field.value !== before[what])) continue;
        field.value = now[what] ?? "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      before = now;
    });
  }
}

/** Lets a new picture be chosen beside the text as well. */
function addChoice(p: Picture): void {
  for (const name of Object.keys(headFields)) {
    const select = document.querySelector<HTMLSelectElement>(`select[name="${name}"]`);
    if (!select || [...select.options].some((o) => o.value === String(p.id))) continue;
    select.options[0]?.after(element("option", { value: String(p.id), "data-alt": p.alt, "data-caption": p.caption, "data-credit": p.credit }, p.title));
  }
}
