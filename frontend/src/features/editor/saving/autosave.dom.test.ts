import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { commitTo, createDocumentStore, travel } from "../document-store";
import { renameNode, setParams } from "../model/edit-nodes";
import type { PatchOperation, WorkflowDocument } from "../model/types";
// Loaded late in the app; here it must not wait for a clock that stands still.
import "../model/merge";
import { type DraftServer, NotSavedError, type SaveOutcome, Saving } from "./autosave";
import { type Journal, memoryJournal, type UnsavedEdits } from "./journal";

/** A server that keeps one draft and refuses a patch against an old revision, as the real one does. */
class FakeServer implements DraftServer {
  revision = 1;
  document: WorkflowDocument;
  sent: (readonly PatchOperation[])[] = [];
  answers: SaveOutcome[] = [];
  readonly #store: () => WorkflowDocument;

  constructor(document: WorkflowDocument, current: () => WorkflowDocument) {
    this.document = document;
    this.#store = current;
  }

  patch = async (operations: readonly PatchOperation[], revision: number): Promise<SaveOutcome> => {
    this.sent.push(operations);
    const planned = this.answers.shift();
    if (planned) return planned;
    if (revision !== this.revision) return { kind: "stale", author: "Jonas" };
    this.revision += 1;
    this.document = this.#store();
    return {
      kind: "saved",
      draft: { document: this.document, revision: this.revision, problems: [] },
    };
  };

  fetch = async () => ({ document: this.document, revision: this.revision, problems: [] });

  /** Somebody else saves. */
  edit(change: (document: WorkflowDocument) => WorkflowDocument): void {
    this.document = change(this.document);
    this.revision += 1;
  }
}

const start = documentOf([aNode("a"), aNode("b")], [anEdge("a", "b")]);

function open() {
  const store = createDocumentStore({ document: start, revision: 1 });
  const server = new FakeServer(start, () => store.getState().document);
  const rows = new Map<string, UnsavedEdits>();
  const journal = memoryJournal("here", rows);
  const merged = vi.fn();
  const saving = new Saving({ store, server, journal, onMerged: merged });
  const stop = saving.start();
  const commit = commitTo(store);
  const setUrl = (id: string, url: string) =>
    commit("Edit", (document) => setParams(document, id, { url }), { key: id });
  return { store, server, journal, rows, saving, stop, commit, setUrl, merged };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("saving the draft", () => {
  it("waits until typing stops and sends one patch", async () => {
    const { server, saving, setUrl } = open();

    setUrl("a", "h");
    await vi.advanceTimersByTimeAsync(500);
    setUrl("a", "ht");
    await vi.advanceTimersByTimeAsync(799);
    expect(server.sent).toHaveLength(0);
    expect(saving.state.getState().kind).toBe("saving");
    await vi.advanceTimersByTimeAsync(1);

    expect(server.sent).toEqual([[{ op: "add", path: "/nodes/0/params/url", value: "ht" }]]);
    expect(saving.state.getState().kind).toBe("saved");
  });

  it("saves after five seconds of typing without a pause", async () => {
    const { server, setUrl } = open();

    for (let tick = 0; tick < 11; tick += 1) {
      setUrl("a", "x".repeat(tick + 1));
      await vi.advanceTimersByTimeAsync(500);
    }

    expect(server.sent).toHaveLength(1);
  });

  it("never writes from a tab that was not edited, also when it learns of a newer draft", async () => {
    const { store, server } = open();

    store.setState({ problems: [] });
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.sent).toHaveLength(0);
  });

  it("keeps edits in the journal until the server has them", async () => {
    const { rows, setUrl } = open();

    setUrl("a", "x");
    await vi.advanceTimersByTimeAsync(0);
    const waiting = rows.get("here");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(waiting).toMatchObject({ revision: 1, changes: 1 });
    expect(rows.size).toBe(0);
  });

  it("says that it is offline and tries again by itself", async () => {
    const { server, saving, rows, setUrl } = open();
    server.answers = [{ kind: "offline" }];

    setUrl("a", "x");
    await vi.advanceTimersByTimeAsync(800);
    expect(saving.state.getState().kind).toBe("offline");
    expect(rows.size).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(saving.state.getState().kind).toBe("saved");
  });

  it("saves what was refused as soon as it hears that somebody has signed in again", async () => {
    const { server, saving, setUrl } = open();
    server.answers = [{ kind: "refused", message: "Sign in again.", transient: false }];
    setUrl("a", "x");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saving.state.getState().kind).toBe("refused");

    saving.retry();
    await vi.advanceTimersByTimeAsync(0);

    expect(saving.state.getState().kind).toBe("saved");
  });

  it("does not claim to have saved what the server refused", async () => {
    const { server, saving, setUrl } = open();
    server.answers = [{ kind: "refused", message: "Too large.", transient: false }];

    setUrl("a", "x");
    const flushed = saving.flush();

    await expect(flushed).rejects.toThrow(NotSavedError);
    expect(saving.state.getState()).toEqual({ kind: "refused", message: "Too large." });
  });

  it("flushes at once, edits made during a save included", async () => {
    const { server, saving, setUrl } = open();

    setUrl("a", "x");
    const first = saving.flush();
    setUrl("b", "y");
    await first;

    expect(server.sent).toHaveLength(2);
    expect(saving.isAhead()).toBe(false);
  });
});

describe("the journal of edits that are not saved", () => {
  it("counts the changes that the server has not got, not those before them", async () => {
    const { server, rows, commit, setUrl } = open();
    setUrl("a", "saved");
    await vi.advanceTimersByTimeAsync(1_000);
    server.answers = [{ kind: "offline" }];

    setUrl("b", "x");
    commit("Rename", (document) => renameNode(document, "a", "Other"));
    await vi.advanceTimersByTimeAsync(800);

    expect(rows.get("here")?.changes).toBe(2);
  });

  it("is left for the next editor when this one closes without having saved", async () => {
    const { server, rows, stop, setUrl } = open();
    server.answers = [{ kind: "offline" }, { kind: "offline" }];
    setUrl("a", "x");
    await vi.advanceTimersByTimeAsync(800);

    stop();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.sent).toHaveLength(2);
    expect(await memoryJournal("later", rows).leftBehind()).toMatchObject([
      { writer: "here", changes: 1 },
    ]);
  });

  it("does not claim to keep what the browser refuses to store", async () => {
    const { saving, journal, setUrl } = open();
    (journal as { keep: Journal["keep"] }).keep = () => Promise.reject(new Error("quota"));

    setUrl("a", "x");
    await vi.advanceTimersByTimeAsync(100);

    expect(saving.isKept.getState()).toBe(false);
  });
});

describe("when somebody else saved first", () => {
  it("merges edits to different nodes without asking", async () => {
    const { store, server, saving, setUrl, merged } = open();
    server.edit((document) => renameNode(document, "b", "Theirs"));

    setUrl("a", "mine");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(merged).toHaveBeenCalledWith("Jonas", start, expect.objectContaining({ revision: 2 }));
    expect(saving.state.getState().kind).toBe("saved");
    expect(store.getState().document.nodes).toMatchObject([
      { params: { url: "mine" } },
      { name: "Theirs" },
    ]);
  });

  it("follows what they save while nothing is edited here, and writes nothing", async () => {
    const { store, server, saving } = open();
    server.edit((document) => renameNode(document, "b", "Theirs"));

    await saving.follow(2, "Jonas");

    expect(store.getState().document.nodes[1]?.name).toBe("Theirs");
    expect(store.getState().saved.revision).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.sent).toHaveLength(0);
  });

  it("does not ask for a revision that is its own", async () => {
    const { server, saving, setUrl } = open();
    const asked = vi.spyOn(server, "fetch");
    setUrl("a", "mine");
    await vi.advanceTimersByTimeAsync(1_000);

    await saving.follow(2, "Jonas");

    expect(asked).not.toHaveBeenCalled();
  });

  it("leaves what is edited here to the next save", async () => {
    const { store, server, saving, setUrl } = open();
    setUrl("a", "mine");
    server.edit((document) => renameNode(document, "b", "Theirs"));

    await saving.follow(2, "Jonas");
    expect(store.getState().document.nodes[1]?.name).toBe("B");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(store.getState().document.nodes).toMatchObject([
      { params: { url: "mine" } },
      { name: "Theirs" },
    ]);
  });

  it("keeps their edit when my own is undone afterwards", async () => {
    const { store, server, setUrl } = open();
    server.edit((document) => renameNode(document, "b", "Theirs"));
    setUrl("a", "mine");
    await vi.advanceTimersByTimeAsync(1_000);

    travel(store, "undo");

    expect(store.getState().document.nodes).toMatchObject([{ params: {} }, { name: "Theirs" }]);
  });

  it("asks when both changed the same field, and saves the choice", async () => {
    const { store, server, saving, setUrl } = open();
    server.edit((document) => setParams(document, "a", { url: "theirs" }));

    setUrl("a", "mine");
    await vi.advanceTimersByTimeAsync(1_000);
    const conflict = saving.state.getState();
    expect(conflict).toMatchObject({
      kind: "conflict",
      author: "Jonas",
      conflicts: [{ place: "nodes/a", fields: ["params.url"] }],
    });
    saving.resolve(new Map([["nodes/a", "theirs"]]));
    await vi.advanceTimersByTimeAsync(0);

    expect(saving.state.getState().kind).toBe("saved");
    expect(store.getState().document.nodes[0]?.params).toEqual({ url: "theirs" });
  });

  it("keeps edits made during an open conflict on this device and sends nothing", async () => {
    const { server, rows, setUrl } = open();
    server.edit((document) => setParams(document, "a", { url: "theirs" }));
    setUrl("a", "mine");
    await vi.advanceTimersByTimeAsync(1_000);
    const sentBefore = server.sent.length;

    setUrl("b", "more");
    await vi.advanceTimersByTimeAsync(10_000);

    expect(server.sent).toHaveLength(sentBefore);
    expect(rows.get("here")?.document.nodes[1]?.params).toEqual({ url: "more" });
  });
});
