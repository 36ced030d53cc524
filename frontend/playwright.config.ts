// Browser tests against a running server: HEADRACE_E2E_URL, with the owner's e-mail and password.

import dns from "node:dns";
import { defineConfig } from "@playwright/test";

// Names below `localhost` are this machine (RFC 6761). Chromium knows; Node asks the resolver.
const lookUp = dns.promises.lookup;
dns.promises.lookup = ((host: string, options: dns.LookupOptions) =>
  lookUp(host.endsWith(".localhost") ? "localhost" : host, options)) as typeof lookUp;

/** What the loop below takes on the machine that the times were chosen on, with nothing beside it. */
const LOOP_MS = 50;
const STEPS = 2_000_000;
const SLOWEST = 4;

/** How much slower this machine is at this moment: every time below is so much longer. */
function measuredPace(): number {
  const began = performance.now();
  const seen = new Map<string, number>();
  for (let step = 0; step < STEPS; step += 1) seen.set(`${step % 1_000}`, step);
  const pace = (performance.now() - began) / LOOP_MS;
  // Other suites run beside these where all of them run: what is calm now will not be for long.
  return Math.min(Math.max(pace, process.env["CI"] ? 2 : 1), SLOWEST);
}

// Measured once: the processes that run the tests read this file, too.
process.env["HEADRACE_E2E_PACE"] ??= String(measuredPace());
const PACE = Number(process.env["HEADRACE_E2E_PACE"]);

// A time says when to give up, never what is promised: what goes well does not wait for it.
export default defineConfig({
  testDir: "e2e",
  workers: 2,
  timeout: 90_000 * PACE,
  expect: {
    timeout: 20_000 * PACE,
    // Fonts are ours and times stand still (e2e/still.ts): what differs is what changed, or an edge.
    toHaveScreenshot: { animations: "disabled", caret: "hide", maxDiffPixelRatio: 0.002 },
  },
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  forbidOnly: Boolean(process.env["CI"]),
  // One slow moment of a shared machine must not refuse a change; what needed it is listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
  reporter: [["list"]],
  use: {
    baseURL: process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000",
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    // To record is a quarter of a run's work, so only what is tried again is recorded.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env["HEADRACE_E2E_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
        // As in the whole browser, so that both take the same pictures.
        "--font-render-hinting=none",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
