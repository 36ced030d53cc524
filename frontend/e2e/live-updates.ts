// A run that only the browser knows: events as the server would send them, at any pace.

import type { Page, WebSocketRoute } from "@playwright/test";
import { workflowOf } from "./fixtures";

// Ids of executions are UUIDv7; this one is newer than any that the server has given.
const EXECUTION = "ffffffff-ffff-7fff-bfff-ffffffffffff";
const CHANNEL = `execution:${EXECUTION}`;
const IN_A_ROW = 40;

/** A workflow of this many nodes, in rows of forty that are wired through. */
export function largeWorkflow(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    name: `Node ${index}`,
    type: index === 0 ? "triggers.manual" : "data.edit_fields",
    position: [(index % IN_A_ROW) * 320, Math.floor(index / IN_A_ROW) * 180] as const,
    params: {},
  }));
  const wires = nodes
    .slice(1)
    .flatMap(({ id }, index) => ((index + 1) % IN_A_ROW === 0 ? [] : [[`n${index}`, id] as const]));
  return workflowOf(`${count} nodes`, nodes, wires);
}

/** Takes the page's socket over; call it before the page is opened. */
export class LiveUpdates {
  #socket: WebSocketRoute | null = null;
  #heard: () => void = () => undefined;
  #seq = 0;
  #played = 0;

  async listen(page: Page): Promise<void> {
    // The server knows nothing of the run, so it cannot say what it cost.
    await page.route(`**/executions/${EXECUTION}/cost/`, (route) =>
      route.fulfill({ json: { cost_micro: 0, nodes: {} } }),
    );
    await page.routeWebSocket(/\/ws\/$/, (socket) => {
      const server = socket.connectToServer();
      this.#socket = socket;
      socket.onMessage((text) => {
        const { sub } = JSON.parse(String(text)) as { sub?: string };
        if (sub === CHANNEL) this.#heard();
        else server.send(text);
      });
    });
  }

  /** Begins a run of this workflow and waits until the page follows it. */
  async begin(workflow: string): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#heard = resolve;
    });
    const facts = { execution: EXECUTION, number: 1, status: "running" };
    this.#send({ ch: `workflow:${workflow}`, ...facts, events: [] });
    await heard;
    this.#say("workflow.started", null);
  }

  /** Starts and ends nodes in turn, so many events a second, each a message of its own. */
  async play(page: Page, nodes: number, perSecond: number, seconds: number): Promise<number> {
    const total = perSecond * seconds;
    const began = Date.now();
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, Math.floor(((Date.now() - began) / 1_000) * perSecond));
      for (; sent < due; sent += 1) {
        const turn = Math.floor(sent / 2);
        const type = sent % 2 === 0 ? "workflow.step.started" : "workflow.step.completed";
        this.#say(type, { node: `n${turn % nodes}`, run: `${this.#played + turn}` });
      }
      await page.waitForTimeout(5);
    }
    this.#played += total;
    return total;
  }

  #say(type: string, step: { readonly node: string; readonly run: string } | null): void {
    this.#seq += 1;
    const data = { inputs: [], outputs: { main: { items: 3, bytes: 30 } }, duration_ms: 5 };
    const place = step ? { ...step, run_index: 0, attempt: 1 } : {};
    const event = { seq: this.#seq, type, at_ms: Date.now(), ...place, data };
    this.#send({ ch: CHANNEL, seq: this.#seq, events: [event] });
  }

  #send(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }
}
