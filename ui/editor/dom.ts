// Elements, made short.

type Child = Node | string;

/** Returns a new element with the attributes and what is in it. An attribute that is false is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string | boolean> = {}, ...inside: Child[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) e.setAttribute(key, value === true ? "" : value);
  e.append(...inside);
  return e;
}

/** Returns a button that does something. */
export function button(words: string, act: () => void, attributes: Record<string, string | boolean> = {}): HTMLButtonElement {
  const b = element("button", { type: "button", ...attributes }, words);
  b.addEventListener("click", act);
  return b;
}

/** Shows a dialog over the page until it is closed, and gives the focus back then. */
export function showDialog(title: string, className: string, ...inside: Child[]): HTMLDialogElement {
  const heading = element("h2", { id: `${className}-title` }, title);
  const dialog = element("dialog", { class: `desk-dialog ${className}`, "aria-labelledby": heading.id }, heading, ...inside);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
