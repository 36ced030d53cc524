// A run is followed also where the socket is kept out.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveSocket, type SocketState } from "@/api/socket";
import type { RunEvent } from "@/api/types";
import { emptyRun } from "./model/run";
import { askWhilePaused } from "./paused-run";
import { RunStore } from "./store";

class StatedSocket extends LiveSocket {
  now: SocketState = "open";
  #listener: () => void = () => undefined;
  override readonly state = () => this.now;
  override readonly subscribeState = (listener: () => void) => {
    this.#listener = listener;
    return () => {
      this.#listener = () => undefined;
    };
  };

  become(state: SocketState): void {
    this.now = state;
    this.#listener();
  }
}

const queued = (seq: number): RunEvent => ({
  seq,
  type: "workflow.step.queued",
  node: "a",
  run: "0",
  at_ms: 0,
  data: {},
});

/** A server with a log of `last` events that gives two at a time. */
function serverWith(last: number) {
  const asked: number[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    const after = Number(new URL(url, "http://test").searchParams.get("after") ?? 0);
    asked.push(after);
    const results = [after + 1, after + 2].filter((seq) => seq <= last).map(queued);
    return new Response(JSON.stringify({ results, last_seq: last }));
  });
  return asked;
}

function follow() {
  const store = new RunStore();
  store.show(emptyRun("x"));
  const socket = new StatedSocket({ url: () => "ws://test/ws/" });
  return { store, socket, stop: askWhilePaused(store, socket, "x") };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("nothing is asked for while the socket lives or may be back at once", async () => {
  const asked = serverWith(3);
  const { socket } = follow();

  socket.become("offline");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(asked).toEqual([]);
});

test("a paused run is caught up with page by page, and every five seconds from there", async () => {
  const asked = serverWith(3);
  const { store, socket } = follow();

  socket.become("paused");
  await vi.advanceTimersByTimeAsync(0);
  expect(store.current?.seq).toBe(3);
  expect(asked).toEqual([0, 2]);
  await vi.advanceTimersByTimeAsync(5_000);

  expect(asked).toEqual([0, 2, 3]);
});

test("the asking ends with the connection, and with the run that is left", async () => {
  const asked = serverWith(1);
  const { socket, stop } = follow();
  socket.become("paused");
  await vi.advanceTimersByTimeAsync(0);

  socket.become("open");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual([0]);
  socket.become("paused");
  stop();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(asked).toEqual([0, 1]);
});
