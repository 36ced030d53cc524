// Edits that the server does not have yet, kept on this device until it has them.

import type { WorkflowDocument } from "../model/types";

export type JournalEntry = {
  readonly workflow: string;
  /** The server's revision that the edits were made on. */
  readonly revision: number;
  readonly base: WorkflowDocument;
  readonly document: WorkflowDocument;
  readonly changes: number;
  /** Milliseconds since 1970, this device's clock. */
  readonly at: number;
};

export type Journal = {
  readonly write: (entry: JournalEntry) => Promise<void>;
  /** The newest entry of a workflow. */
  readonly read: (workflow: string) => Promise<JournalEntry | null>;
  readonly clear: (workflow: string) => Promise<void>;
};

/** For tests and for browsers that refuse storage. Lasts as long as the page. */
export function memoryJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    write: async (entry) => void entries.set(entry.workflow, entry),
    read: async (workflow) => entries.get(workflow) ?? null,
    clear: async (workflow) => void entries.delete(workflow),
  };
}

const DATABASE = "headrace";
const STORE = "journal";

/** In IndexedDB, one row per workflow and base revision. */
export function deviceJournal(): Journal {
  if (typeof indexedDB === "undefined") return memoryJournal();
  const rowsOf = (workflow: string) =>
    IDBKeyRange.bound([workflow, 0], [workflow, Number.MAX_SAFE_INTEGER]);
  return {
    write: async (entry) => {
      await within("readwrite", (store) => store.put(entry));
    },
    read: async (workflow) => {
      const rows: JournalEntry[] = await within("readonly", (store) =>
        store.getAll(rowsOf(workflow)),
      );
      return rows.sort((a, b) => b.at - a.at)[0] ?? null;
    },
    clear: async (workflow) => {
      await within("readwrite", (store) => store.delete(rowsOf(workflow)));
    },
  };
}

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  if (!opened) {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ["workflow", "revision"] });
    };
    opened = settled(request);
  }
  return opened;
}

async function within<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await database()).transaction(STORE, mode);
  return settled(ask(transaction.objectStore(STORE)));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's storage refused."));
  });
}
