// The socket keeps its promise over cuts, gaps and repeats.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoffMs, type Frame, LiveSocket } from "./socket";
import type { RunEvent } from "./types";

class FakeSocket extends EventTarget {
  static opened: FakeSocket[] = [];
  readonly sent: object[] = [];
  readyState: number = WebSocket.CONNECTING;

  constructor() {
    super();
    FakeSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as object);
  }

  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  say(frame: Frame): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }

  close(code = 1006): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new CloseEvent("close", { code }));
  }
}

const CHANNEL = "execution:one";
const events = (...seqs: readonly number[]): RunEvent[] =>
  seqs.map((seq) => ({ seq, type: "workflow.step.queued", at_ms: 0, data: {} }));
const frame = (...seqs: readonly number[]): Frame => ({
  ch: CHANNEL,
  seq: seqs.at(-1) ?? 0,
  events: events(...seqs),
});
const lastSocket = (): FakeSocket => {
  const socket = FakeSocket.opened.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};

function watch(after = 0, onSignedOut = vi.fn()) {
  const socket = new LiveSocket({
    url: () => "ws://test/ws/",
    open: () => new FakeSocket() as unknown as WebSocket,
    random: () => 1,
    onSignedOut,
  });
  const seen: number[] = [];
  const stop = socket.subscribe(
    CHANNEL,
    { onEvents: (list) => seen.push(...list.map(({ seq }) => seq)) },
    after,
  );
  return { socket, seen, stop };
}

beforeEach(() => {
  FakeSocket.opened = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("through three cuts every event arrives exactly once and in order", () => {
  const { seen } = watch();

  lastSocket().accept();
  lastSocket().say(frame(1, 2, 3));
  for (const next of [[3, 4], [4, 5, 6], [7]]) {
    lastSocket().close();
    vi.advanceTimersByTime(30_000);
    lastSocket().accept();
    expect(lastSocket().sent.at(-1)).toEqual({ sub: CHANNEL, after: seen.at(-1) });
    lastSocket().say(frame(...next));
  }

  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(FakeSocket.opened).toHaveLength(4);
});

test("a gap is asked for instead of shown", () => {
  const { seen } = watch(10);
  lastSocket().accept();

  lastSocket().say(frame(11));
  lastSocket().say(frame(14));

  expect(seen).toEqual([11]);
  expect(lastSocket().sent).toEqual([
    { sub: CHANNEL, after: 10 },
    { sub: CHANNEL, after: 11 },
  ]);
  lastSocket().say(frame(12, 13, 14));
  expect(seen).toEqual([11, 12, 13, 14]);
});

test("a heartbeat that knows more than we do starts a catch-up", () => {
  watch(4);
  lastSocket().accept();

  lastSocket().say({ ch: CHANNEL, beat: 4 });
  expect(lastSocket().sent).toHaveLength(1);
  lastSocket().say({ ch: CHANNEL, beat: 6 });

  expect(lastSocket().sent.at(-1)).toEqual({ sub: CHANNEL, after: 4 });
});

test("resync subscribes again from the last event seen", () => {
  watch();
  lastSocket().accept();
  lastSocket().say(frame(1, 2));

  lastSocket().say({ ch: CHANNEL, resync: true });

  expect(lastSocket().sent.at(-1)).toEqual({ sub: CHANNEL, after: 2 });
});

test("a second listener of the channel gets what it lacks and the first no repeats", () => {
  const { socket, seen } = watch();
  lastSocket().accept();
  lastSocket().say(frame(1, 2));
  const late: number[] = [];

  socket.subscribe(CHANNEL, { onEvents: (list) => late.push(...list.map(({ seq }) => seq)) }, 0);
  lastSocket().say(frame(1, 2, 3));

  expect(lastSocket().sent.at(-1)).toEqual({ sub: CHANNEL, after: 0 });
  expect(late).toEqual([1, 2, 3]);
  expect(seen).toEqual([1, 2, 3]);
});

test("offline is said after three seconds, not after a blink", () => {
  const { socket } = watch();
  lastSocket().accept();
  lastSocket().close();

  vi.advanceTimersByTime(400);
  expect(socket.state()).toBe("connecting");
  vi.advanceTimersByTime(3_000);
  expect(socket.state()).toBe("offline");
  lastSocket().accept();

  expect(socket.state()).toBe("open");
});

test("after fifteen seconds without a connection live updates are paused until there is one", () => {
  const { socket } = watch();

  vi.advanceTimersByTime(14_999);
  expect(socket.state()).toBe("offline");
  for (let attempt = 0; attempt < 4; attempt += 1) {
    lastSocket().close();
    vi.advanceTimersByTime(30_000);
    expect(socket.state()).toBe("paused");
  }
  lastSocket().accept();

  expect(socket.state()).toBe("open");
});

test("a session that is over stops the attempts until somebody signs in", () => {
  const onSignedOut = vi.fn();
  const { socket } = watch(0, onSignedOut);
  lastSocket().accept();

  lastSocket().close(4401);
  vi.advanceTimersByTime(120_000);

  expect(onSignedOut).toHaveBeenCalledOnce();
  expect(socket.state()).toBe("signed_out");
  expect(FakeSocket.opened).toHaveLength(1);
  socket.retry();
  expect(FakeSocket.opened).toHaveLength(2);
});

test("a silent connection is dropped when no answer to a ping comes", () => {
  watch();
  const first = lastSocket();
  first.accept();

  vi.advanceTimersByTime(25_000);
  expect(first.sent.at(-1)).toEqual({ ping: 1 });
  vi.advanceTimersByTime(12_000);

  expect(first.readyState).toBe(WebSocket.CLOSED);
  expect(FakeSocket.opened).toHaveLength(2);
});

test("the last listener that leaves closes the socket", () => {
  const { socket, stop } = watch();
  lastSocket().accept();

  stop();
  expect(lastSocket().sent.at(-1)).toEqual({ unsub: CHANNEL });
  vi.advanceTimersByTime(5_000);

  expect(socket.state()).toBe("idle");
  expect(lastSocket().readyState).toBe(WebSocket.CLOSED);
});

test("the backoff doubles up to thirty seconds and half of it is chance", () => {
  expect([0, 1, 2, 10].map((attempt) => backoffMs(attempt, 1))).toEqual([
    500, 1_000, 2_000, 30_000,
  ]);
  expect(backoffMs(0, 0)).toBe(250);
});

test("frames are acknowledged now and then, so that the server goes on sending", () => {
  watch();
  lastSocket().accept();

  lastSocket().say({ ...frame(1), n: 49 });
  expect(lastSocket().sent).toHaveLength(1);
  lastSocket().say({ ...frame(2), n: 50 });

  expect(lastSocket().sent.at(-1)).toEqual({ ack: 50 });
});
