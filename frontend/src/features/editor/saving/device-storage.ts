// The browser's own database. It may be forbidden, full or deleted under us: then promises reject.

import type { LeftBehind } from "./journal";

const DATABASE = "headrace";
const STORE = "unsaved";
const FORMAT = 2;

type Key = readonly [workflow: string, owner: string, writer: string];
type Row = LeftBehind & { readonly workflow: string; readonly owner: string };

export async function keepRow(row: Row): Promise<void> {
  await within("readwrite", (store) => store.put(row));
}

export async function forgetRow(key: Key): Promise<void> {
  await within("readwrite", (store) => store.delete([...key]));
}

export async function rowsOf(workflow: string, owner: string): Promise<readonly Row[]> {
  const range = IDBKeyRange.bound([workflow, owner], [workflow, owner, []]);
  return within("readonly", (store) => store.getAll(range));
}

let opened: Promise<IDBDatabase> | null = null;

/** One connection, opened again after it was lost; a failure is not remembered. */
function database(): Promise<IDBDatabase> {
  opened ??= open().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, FORMAT);
  request.onupgradeneeded = () => {
    for (const old of [...request.result.objectStoreNames]) request.result.deleteObjectStore(old);
    request.result.createObjectStore(STORE, { keyPath: ["workflow", "owner", "writer"] });
  };
  const found = await settled(request);
  const lost = () => {
    opened = null;
  };
  found.onclose = lost;
  // A newer version of this app in another tab wants the database: stand aside.
  found.onversionchange = () => {
    found.close();
    lost();
  };
  return found;
}

async function within<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await database()).transaction(STORE, mode);
  const asked = settled(ask(transaction.objectStore(STORE)));
  // A full disk shows when the transaction closes, not when the row was taken.
  const closed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? refused());
  });
  const [value] = await Promise.all([asked, closed]);
  return value;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? refused());
    // Another tab holds an older format open and does not let go.
    request.addEventListener("blocked", () => reject(refused()));
  });
}

const refused = (): Error => new Error("The browser's storage refused.");
