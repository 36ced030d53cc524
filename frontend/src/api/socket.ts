// The page's one socket: channels in, gap-free events out. While it is paused, and only then, facts are asked for by HTTP.

import type { ExecutionStatus, RunEvent } from "./types";

export type SocketState =
  /** Nothing is subscribed. */
  | "idle"
  | "connecting"
  | "open"
  /** Not connected for longer than a blink; trying again. */
  | "offline"
  /** Not connected for so long that who watches something asks for it; trying again. */
  | "paused"
  /** The session is over; waits for `retry()`. */
  | "signed_out"
  /** This person may not connect at all. */
  | "refused";

/** What a channel says. Events of an execution come in order, without gap or repeat. */
export type ChannelHandler = {
  readonly onEvents?: (events: readonly RunEvent[], frame: Frame) => void;
  /** Every frame of a channel that is no log: something there has changed. */
  readonly onFrame?: (frame: Frame) => void;
  readonly onHint?: (ephemeral: readonly EphemeralHint[]) => void;
  readonly onError?: (error: "forbidden" | "not_found") => void;
};

export type EphemeralHint = {
  readonly node: string;
  readonly run: string;
  readonly kind: "progress" | "stream";
  readonly fraction?: number;
  readonly text?: string;
};

export type Frame = {
  readonly ch?: string;
  readonly seq?: number;
  readonly events?: readonly RunEvent[];
  /** On `workflow:` channels: the execution that the events belong to. */
  readonly execution?: string;
  readonly number?: number;
  readonly status?: ExecutionStatus;
  readonly beat?: number;
  readonly ephemeral?: readonly EphemeralHint[];
  /** On the `runs` channel: an execution began, ended or waits. */
  readonly changed?: boolean;
  /** On the `inbox` channel: how many approvals wait, and how much is unread at the bell. */
  readonly counts?: { readonly approvals?: number; readonly notifications?: number };
  /** On `workflow:` channels: everybody who has the workflow open, this page included. */
  readonly people?: readonly Peer[];
  /** The first frame of a `workflow:` channel, also after a lost connection. */
  readonly joined?: boolean;
  /** On `workflow:` channels: the newest revision of the draft, and who saved it. */
  readonly draft?: { readonly revision: number; readonly author: string };
  readonly error?: "forbidden" | "not_found";
  readonly resync?: boolean;
  readonly pong?: number;
  /** The number of this frame on this connection, to be acknowledged. */
  readonly n?: number;
};

/** One page that has a workflow open. */
export type Peer = {
  readonly id: string;
  readonly person: { readonly id: string; readonly name: string };
  /** The node whose parameters are open there. */
  readonly node: string | null;
  /** It has the say over that node's parameters, unless somebody claimed it after `at` (s). */
  readonly holds: boolean;
  readonly at: number;
  readonly you: boolean;
};

type Subscription = { seq: number; readonly handler: ChannelHandler };

export type SocketOptions = {
  readonly url: () => string;
  readonly open?: (url: string) => WebSocket;
  readonly random?: () => number;
  /** Called when the server closes because the session is over. */
  readonly onSignedOut?: () => void;
};

const BACKOFF_FIRST_MS = 500;
const BACKOFF_LAST_MS = 30_000;
const OFFLINE_AFTER_MS = 3_000;
const PAUSED_AFTER_MS = 15_000;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 10_000;
const IDLE_CLOSE_MS = 5_000;
/** The server stops after 200 frames that nobody acknowledged. */
const ACKNOWLEDGE_EVERY = 50;

const CLOSE_SIGNED_OUT = 4401;
const CLOSE_REFUSED = 4403;
const CLOSE_TOO_MANY = 4429;
/** An attempt so late that its backoff is the longest. */
const LONGEST_BACKOFF = 10;

/** Half of it certain, half of it chance: pages that were cut together do not return together. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random;
}

export class LiveSocket {
  readonly #options: Required<SocketOptions>;
  readonly #channels = new Map<string, Set<Subscription>>();
  readonly #listeners = new Set<() => void>();
  #state: SocketState = "idle";
  #socket: WebSocket | null = null;
  #attempt = 0;
  #pings = 0;
  #retryTimer: Timer;
  #offlineTimer: Timer;
  #pingTimer: Timer;
  #pongTimer: Timer;
  #idleTimer: Timer;

  constructor(options: SocketOptions) {
    this.#options = {
      open: (url) => new WebSocket(url),
      random: Math.random,
      onSignedOut: () => undefined,
      ...options,
    };
  }

  readonly state = (): SocketState => this.#state;

  readonly subscribeState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Listens to a channel from behind event `after` on; gives the way to stop. */
  subscribe(channel: string, handler: ChannelHandler, after = 0): () => void {
    clearTimeout(this.#idleTimer);
    const subscription: Subscription = { seq: after, handler };
    const subscriptions = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, subscriptions.add(subscription));
    if (this.#socket) this.#ask(channel);
    else this.retry();
    return () => this.#leave(channel, subscription);
  }

  /** Tells the server something that is lost if it cannot be told now. */
  say(frame: object): void {
    this.#send(frame);
  }

  #leave(channel: string, subscription: Subscription): void {
    const subscriptions = this.#channels.get(channel);
    subscriptions?.delete(subscription);
    if (subscriptions?.size !== 0) return;
    this.#channels.delete(channel);
    this.#send({ unsub: channel });
    if (this.#channels.size === 0) this.#idleTimer = setTimeout(this.#rest, IDLE_CLOSE_MS);
  }

  readonly #rest = (): void => {
    this.#stopTimers();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#become("idle");
  };

  /** Connects now instead of when the backoff is over: the network is back, somebody signed in. */
  readonly retry = (): void => {
    if (this.#socket || this.#channels.size === 0) return;
    clearTimeout(this.#retryTimer);
    if (this.#state !== "offline" && this.#state !== "paused") this.#become("connecting");
    this.#expectWithinABlink();
    const socket = this.#options.open(this.#options.url());
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", (message) => this.#heard(socket, String(message.data)));
    socket.addEventListener("close", (event) => this.#closed(socket, event.code));
  };

  #expectWithinABlink(): void {
    this.#offlineTimer ??= setTimeout(() => {
      this.#become("offline");
      const rest = PAUSED_AFTER_MS - OFFLINE_AFTER_MS;
      this.#offlineTimer = setTimeout(() => this.#become("paused"), rest);
    }, OFFLINE_AFTER_MS);
  }

  #opened(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#attempt = 0;
    clearTimeout(this.#offlineTimer);
    this.#offlineTimer = undefined;
    this.#become("open");
    for (const channel of this.#channels.keys()) this.#ask(channel);
    this.#pingLater();
  }

  #closed(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#pongTimer);
    if (code === CLOSE_SIGNED_OUT) {
      this.#stop("signed_out");
      this.#options.onSignedOut();
    } else if (code === CLOSE_REFUSED) {
      this.#stop("refused");
    } else {
      if (code === CLOSE_TOO_MANY) this.#attempt = LONGEST_BACKOFF;
      this.#retryLater();
    }
  }

  #retryLater(): void {
    this.#expectWithinABlink();
    if (this.#state === "open") this.#become("connecting");
    this.#retryTimer = setTimeout(this.retry, backoffMs(this.#attempt, this.#options.random()));
    this.#attempt += 1;
  }

  #stop(state: SocketState): void {
    this.#stopTimers();
    this.#become(state);
  }

  #heard(socket: WebSocket, text: string): void {
    if (socket !== this.#socket) return;
    clearTimeout(this.#pongTimer);
    const frame = JSON.parse(text) as Frame;
    if (frame.n !== undefined && frame.n % ACKNOWLEDGE_EVERY === 0) this.#send({ ack: frame.n });
    const { ch: channel } = frame;
    const subscriptions = channel === undefined ? undefined : this.#channels.get(channel);
    if (channel === undefined || !subscriptions) return;
    const delivered = [...subscriptions].map((subscription) => this.#deliver(subscription, frame));
    if (frame.resync || delivered.includes(false)) this.#ask(channel);
  }

  /** Hands a frame on; false where events before it are missing. */
  #deliver(subscription: Subscription, frame: Frame): boolean {
    const { handler } = subscription;
    if (frame.error) handler.onError?.(frame.error);
    if (frame.ephemeral) handler.onHint?.(frame.ephemeral);
    if (handler.onFrame || frame.execution !== undefined) {
      handWhole(handler, frame);
      return true;
    }
    if (frame.beat !== undefined) return frame.beat <= subscription.seq;
    const fresh = (frame.events ?? []).filter((event) => event.seq > subscription.seq);
    if (!isRun(fresh, subscription.seq + 1)) return false;
    subscription.seq += fresh.length;
    if (fresh.length > 0) handler.onEvents?.(fresh, frame);
    return true;
  }

  #ask(channel: string): void {
    const subscriptions = [...(this.#channels.get(channel) ?? [])];
    const after = Math.min(...subscriptions.map(({ seq }) => seq));
    this.#send(channel.startsWith("execution:") ? { sub: channel, after } : { sub: channel });
  }

  #send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #pingLater(): void {
    this.#pingTimer = setTimeout(() => {
      this.#pings += 1;
      this.#send({ ping: this.#pings });
      this.#pongTimer = setTimeout(() => this.#socket?.close(), PONG_WITHIN_MS);
      this.#pingLater();
    }, PING_EVERY_MS);
  }

  #stopTimers(): void {
    for (const timer of [this.#retryTimer, this.#offlineTimer, this.#pingTimer, this.#pongTimer]) {
      clearTimeout(timer);
    }
    this.#offlineTimer = undefined;
  }

  #become(state: SocketState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Channels without a numbering of their own: nothing can be missing. */
function handWhole(handler: ChannelHandler, frame: Frame): void {
  if (frame.execution !== undefined) handler.onEvents?.(frame.events ?? [], frame);
  if (!frame.error) handler.onFrame?.(frame);
}

/** True where the events are numbered `first`, `first + 1`, … */
function isRun(events: readonly RunEvent[], first: number): boolean {
  return events.every((event, index) => event.seq === first + index);
}
