// The words of the interface: they are in the catalogue of strings, and the page hands
// those that begin with "editor." over in an attribute.

let catalogue: Record<string, string> = {};

/** Takes the words from the attribute of the page, which is JSON by key. */
export function takeWords(json: string | undefined): void {
  catalogue = JSON.parse(json || "{}") as Record<string, string>;
}

/** Returns the words under the key, with each %s filled in in turn. */
export function t(key: string, ...args: (string | number)[]): string {
  let next = 0;
  return (catalogue[key] ?? key).replace(/%[sd]/g, () => String(args[next++] ?? ""));
}
