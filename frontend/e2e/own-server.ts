// A web process of a test's own beside the shared one: the same database and workers, free to be killed.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect } from "./fixtures";

type Told = {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
};

export class OwnServer {
  readonly url: string;
  readonly #port: string;
  readonly #told: Told;
  readonly #more: Told["environment"];
  #process: ChildProcess | null = null;

  private constructor(port: number, told: Told, more: Told["environment"]) {
    this.#port = String(port);
    this.#told = told;
    this.#more = more;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Runs on a free port; HEADRACE_E2E_WEB says how, as the test command writes it. */
  static async started(
    settings: (port: number) => Told["environment"] = () => ({}),
  ): Promise<OwnServer> {
    const told = process.env["HEADRACE_E2E_WEB"];
    if (!told) throw new Error("Set HEADRACE_E2E_WEB to the command of a web process, as JSON.");
    const port = await freePort();
    const server = new OwnServer(port, JSON.parse(told), settings(port));
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const [program = "", ...words] = this.#told.command;
    this.#process = spawn(program, [...words, "-p", this.#port], {
      cwd: this.#told.folder,
      env: {
        ...this.#told.environment,
        ...this.#more,
        HEADRACE_PORT: this.#port,
        HEADRACE_PUBLIC_URL: this.url,
      },
      stdio: "ignore",
    });
    await expect.poll(() => this.#answers()).toBe(true);
  }

  /** No farewell: connections break, what was not written is lost. */
  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return;
    const isGone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await isGone;
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
