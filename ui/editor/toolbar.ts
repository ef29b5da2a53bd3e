// The toolbar over the text, and the dialogs that it opens. Arrow keys move in it, as in
// every toolbar; one press of Tab leaves it.

import { redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import type { StateCommand } from "@codemirror/state";
import { EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import * as commands from "./commands";
import { button, element, showDialog } from "./dom";
import { choosePicture } from "./pictures";
import { t } from "./words";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Writes a key as this computer's keyboard has it. */
export const keyName = (key: string): string =>
  key.split("-").map((k) => (k === "Mod" ? (isMac ? "⌘" : "Ctrl") : k === "Alt" ? (isMac ? "⌥" : "Alt") : k.length === 1 ? k.toUpperCase() : k)).join(isMac ? " " : "+");

interface Tool {
  name: string; // as stylesAt and the style sheet know it
  label: string;
  key: string;
  sign: string;
  run?: StateCommand;
  opens?: (view: EditorView) => boolean; // a dialog
}

function tools(): Tool[] {
  return [
    { name: "strong", label: t("editor.tool.strong"), key: "Mod-b", sign: "B", run: commands.strong },
    { name: "emphasis", label: t("editor.tool.emphasis"), key: "Mod-i", sign: "I", run: commands.emphasis },
    { name: "link", label: t("editor.tool.link"), key: "Mod-k", sign: "", opens: askForLink },
    { name: "picture", label: t("editor.tool.picture"), key: "Mod-Alt-p", sign: "", opens: choosePicture },
    { name: "heading", label: t("editor.tool.heading"), key: "Mod-Alt-2", sign: "H", run: commands.heading },
    { name: "subheading", label: t("editor.tool.subheading"), key: "Mod-Alt-3", sign: "h", run: commands.subheading },
    { name: "quote", label: t("editor.tool.quote"), key: "Mod-Shift-9", sign: "”", run: commands.quote },
    { name: "list", label: t("editor.tool.list"), key: "Mod-Shift-8", sign: "•", run: commands.list },
    { name: "numbered", label: t("editor.tool.numbered"), key: "Mod-Shift-7", sign: "1.", run: commands.numbered },
    { name: "undo", label: t("editor.tool.undo"), key: "Mod-z", sign: "↶", run: undo },
    { name: "redo", label: t("editor.tool.redo"), key: isMac ? "Mod-Shift-z" : "Mod-y", sign: "↷", run: redo },
  ];
}

/** Asks for the address of a link, and sets it. */
export function askForLink(view: EditorView): boolean {
  const link = commands.linkAt(view.state);
  const words = element("input", { id: "link-words", type: "text", autocomplete: "off" });
  const address = element("input", { id: "link-address", type: "url", autocomplete: "off", inputmode: "url", placeholder: "https://" });
  words.value = link.words;
  address.value = link.address;
  const set = (insert: string): void => {
    dialog.close();
    view.dispatch({ changes: { from: link.from, to: link.to, insert }, selection: { anchor: link.from + insert.length }, userEvent: "input.format" });
    view.focus();
  };
  const form = element("form", { method: "dialog" },
    element("p", {}, element("label", { for: "link-words" }, t("editor.link.words")), words),
    element("p", {}, element("label", { for: "link-address" }, t("editor.link.address")), address),
    element("p", { class: "buttons" }, element("button", { type: "submit", class: "go" }, t("editor.link.set")),
      ...(link.address ? [button(t("editor.link.remove"), () => set(link.words), { class: "quiet" })] : []),
      button(t("editor.cancel"), () => dialog.close(), { class: "quiet" })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const to = address.value.trim();
    if (to === "") set(words.value);
    else set(`[${words.value.trim() || to}](${(/^[a-z][a-z0-9+.-]*:/i.test(to) ? to : `https://${to}`).replace(/[\s()<>]/g, encodeURIComponent).replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))})`);
  });
  const dialog = showDialog(t("editor.tool.link"), "link-dialog", form);
  (link.words ? address : words).focus();
  return true;
}

/** Shows the keys of the editor; more is what else is told there. */
export function showHelp(...more: Node[]): void {
  const row = (key: string, label: string): HTMLElement => element("tr", {}, element("td", {}, element("kbd", {}, keyName(key))), element("td", {}, label));
  const dialog = showDialog(t("editor.help"), "help-dialog",
    element("table", {}, element("thead", {}, element("tr", {}, element("th", { scope: "col" }, t("editor.help.key")), element("th", { scope: "col" }, t("editor.help.does")))),
      element("tbody", {}, ...tools().map((tool) => row(tool.key, tool.label)),
        row("Mod-s", t("editor.help.save")), row("Mod-Shift-v", t("editor.help.plain")), row("Alt-F10", t("editor.help.toolbar")), row("Mod-Alt-f", t("editor.help.figures")))),
    ...more,
    element("p", { class: "buttons" }, button(t("editor.close"), () => dialog.close(), { class: "quiet" })));
}

/** The keys that open what the toolbar opens. */
export const toolbarKeys = keymap.of([
  { key: "Mod-k", run: askForLink },
  { key: "Mod-Alt-p", run: choosePicture },
  {
    key: "Alt-F10",
    run: (view) => {
      view.dom.parentElement?.querySelector<HTMLElement>(".tools [tabindex='0']")?.focus();
      return true;
    },
  },
]);

/** Puts the toolbar before the editor. */
export function addToolbar(view: EditorView, help: () => void): void {
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": t("editor.tools"), "aria-controls": view.contentDOM.id });
  const buttons = new Map<string, HTMLButtonElement>();
  for (const tool of tools()) {
    const b = button("", () => {
      if (tool.opens) tool.opens(view);
      else {
        tool.run?.(view);
        if (document.activeElement === b && pressedByPointer) view.focus();
      }
    }, { class: `tool tool-${tool.name}`, "data-sign": tool.sign, title: `${tool.label} (${keyName(tool.key)})`, "aria-label": tool.label, tabindex: "-1" });
    buttons.set(tool.name, b);
    bar.append(b);
  }
  bar.append(button("", help, { class: "tool tool-help", "data-sign": "?", title: t("editor.help"), "aria-label": t("editor.help"), "aria-haspopup": "dialog", tabindex: "-1" }));
  let pressedByPointer = false;
  bar.addEventListener("pointerdown", () => (pressedByPointer = true));
  bar.addEventListener("keydown", () => (pressedByPointer = false));
  rove(bar);
  view.dom.before(bar);
  const update = (): void => {
    const styles = commands.stylesAt(view.state);
    for (const [name, b] of buttons) {
      if (name in styles) set(b, "aria-pressed", String(styles[name]));
      else if (name === "undo" || name === "redo") set(b, "aria-disabled", String((name === "undo" ? undoDepth : redoDepth)(view.state) === 0));
    }
  };
  update();
  (barOf.get(view) ?? []).push(update);
}

const set = (e: Element, name: string, value: string): void => {
  if (e.getAttribute(name) !== value) e.setAttribute(name, value);
};

const barOf = new WeakMap<EditorView, (() => void)[]>();

/** Tells the toolbar where the cursor is. */
export const toolbarState = ViewPlugin.fromClass(class {
  private frame = 0;

  constructor(private readonly view: EditorView) {
    barOf.set(view, []);
  }

  update(u: ViewUpdate): void {
    if (!u.docChanged && !u.selectionSet) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      barOf.get(this.view)?.forEach((update) => update());
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
  }
});

/** Lets arrow keys move between the buttons, of which one is reached by Tab. */
function rove(bar: HTMLElement): void {
  const all = (): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>("button")];
  all()[0]!.tabIndex = 0;
  bar.addEventListener("focusin", (event) => all().forEach((b) => (b.tabIndex = b === event.target ? 0 : -1)));
  bar.addEventListener("keydown", (event) => {
    const list = all();
    const at = list.indexOf(document.activeElement as HTMLElement);
    const next: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 };
    const to = next[event.key];
    if (to === undefined) return;
    event.preventDefault();
    list[(to + list.length) % list.length]!.focus();
  });
}
