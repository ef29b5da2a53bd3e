// The form of the story as values by name: what is kept, sent, compared and put back.

/** The values of the fields by name, in the order of the form. The version is not among them. */
export type Fields = Record<string, string[]>;

/** Reports whether the field is no text of the story: the version, and what is filled in of a figure. */
const isTechnical = (name: string): boolean => name === "version" || name.startsWith("figure");

/** Reads the form. */
export function readForm(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const e of form.elements) {
    // A field that is empty now, such as a box that is not ticked, is one all the same.
    if ((e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement) && e.name && isText(e)) fields[e.name] ??= [];
  }
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && fields[name]) fields[name].push(value.replace(/\r\n?/g, "\n"));
  }
  return fields;
}

/** Reports whether the field is one of the story's text, and what stands around it. */
export function isText(e: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  return !isTechnical(e.name) && !["submit", "button", "file", "password", "hidden"].includes(e.type);
}

/** Adds rows, such as those of bylines, until there is a field for each value. */
function makeRoom(form: HTMLFormElement, fields: Fields): void {
  for (const [name, values] of Object.entries(fields)) {
    const all = [...form.elements].filter((e): e is HTMLInputElement => e instanceof HTMLInputElement && e.name === name && e.type === "text");
    const row = all.at(-1)?.closest("p");
    for (let n = all.length; row && n < values.length; n++) {
      const more = row.cloneNode(true) as HTMLElement;
      more.querySelectorAll("input").forEach((e) => (e.value = ""));
      row.after(more);
    }
  }
}

/** Writes the values into the form, but for the body, which the editor has. */
export function writeForm(form: HTMLFormElement, fields: Fields): void {
  makeRoom(form, fields);
  const seen: Record<string, number> = {};
  for (const e of form.elements) {
    if (!(e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement) || !isText(e)) continue;
    const values = fields[e.name];
    if (!values || e.name === "body") continue;
    if (e instanceof HTMLInputElement && (e.type === "checkbox" || e.type === "radio")) {
      e.checked = values.includes(e.value);
      continue;
    }
    const n = seen[e.name] ?? 0;
    seen[e.name] = n + 1;
    if (e instanceof HTMLSelectElement && e.multiple) for (const o of e.options) o.selected = values.includes(o.value);
    else if (values[n] !== undefined) e.value = values[n];
  }
}

// The server drops empty lines around a text, spaces at the ends and rows without words.
const oneLine = (v: string): string => (v.includes("\n") ? v : v.replace(/\s*,\s*/g, ", "));
const tidy = (values: string[] | undefined): string[] => (values ?? []).map((v) => oneLine(v.trim())).filter((v) => v !== "");

const sameValues = (a: string[] | undefined, b: string[] | undefined): boolean => JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));

/** Reports whether the fields say the same. A field that one side has not is not compared. */
export function sameFields(a: Fields, b: Fields): boolean {
  return Object.keys(a).every((name) => !(name in b) || sameValues(a[name], b[name]));
}

/** What became of two sets of fields that were both made of the same one. */
export interface Met {
  fields: Fields; // with what only one side changed; where both did, with mine
  open: string[]; // names of the fields that both changed, and not alike
}

/** Brings two sides together field by field. */
export function meet(base: Fields, mine: Fields, theirs: Fields): Met {
  const met: Met = { fields: { ...mine }, open: [] };
  for (const name of Object.keys(theirs)) {
    if (sameValues(mine[name], theirs[name])) continue;
    if (name in base && sameValues(mine[name], base[name])) met.fields[name] = theirs[name]!;
    else if (!(name in base) || !sameValues(theirs[name], base[name])) met.open.push(name);
  }
  return met;
}

/** Returns the words that label the field. */
export function labelOf(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  const e = field instanceof RadioNodeList ? field[0] : field;
  const label = e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement ? e.labels?.[0]?.textContent?.trim() : "";
  return label || (e instanceof Element ? e.getAttribute("aria-label") : "") || name;
}
