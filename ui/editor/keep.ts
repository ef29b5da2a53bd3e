// What is kept in this browser: the text as it stands, until the server has it. Each open
// page has a record of its own, so that two of them do not overwrite each other.

import type { Fields } from "./form";

/** A text that the server may not have. */
export interface Kept {
  story: string; // address of its form
  page: string; // which open page wrote it
  person: string; // who was signed in
  base: number; // version that it was made of
  before: Fields; // what that version said
  fields: Fields;
  at: number; // milliseconds since 1970
}

const storeName = "texts";
let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("standfirst-desk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: ["story", "page"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(storeName, mode, { durability: "strict" });
  const request = act(transaction.objectStore(storeName));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** Keeps the text. The promise is kept once it is on disk. */
export const keep = (text: Kept): Promise<unknown> => run("readwrite", (store) => store.put(text));

/** Forgets what the page kept of the story. */
export const forget = (story: string, page: string): Promise<unknown> => run("readwrite", (store) => store.delete([story, page]));

/** Returns what is kept of the story, the newest first. */
export async function keptOf(story: string): Promise<Kept[]> {
  const all = await run<Kept[]>("readonly", (store) => store.getAll(IDBKeyRange.bound([story], [story, []])));
  return all.sort((a, b) => b.at - a.at);
}

const lockName = (story: string, page: string): string => `standfirst ${story} ${page}`;

/** Says that the page is open, for as long as it is. */
export function isOpen(story: string, page: string): void {
  // Browsers have locks only where the connection is safe; without, a text of an open page is offered too.
  void navigator.locks?.request(lockName(story, page), () => new Promise(() => undefined)).catch(() => undefined);
}

/** Returns which of the pages are open in this browser. */
export async function openPages(story: string, pages: string[]): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(pages.filter((page) => held.some((lock) => lock.name === lockName(story, page))));
}
