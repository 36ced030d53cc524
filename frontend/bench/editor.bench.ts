// Measures the editor in Chromium: opening large workflows, and 200 live updates a second on them.

import { appendFileSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { card, openEditor } from "../e2e/editing";
import { makeWorkflow, test } from "../e2e/fixtures";
import { LiveUpdates, largeWorkflow } from "../e2e/live-updates";

const SIZES = [100, 500, 1_000];
const PER_SECOND = 200;
const SECONDS = 4;
const FILE = process.env["HEADRACE_BENCH_FILE"] ?? "/dev/stdout";

type Traffic = { requests: number; bytes: number };

/** What the network carried from now on, compressed as it came. */
async function traffic(session: CDPSession): Promise<Traffic> {
  const seen: Traffic = { requests: 0, bytes: 0 };
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.requestWillBeSent", () => {
    seen.requests += 1;
  });
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    seen.bytes += encodedDataLength;
  });
  return seen;
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((one) => one.name === name)?.value ?? 0;
}

const twoFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

const framesShown = (page: Page, ms: number) =>
  page.evaluate(
    (duration) =>
      new Promise<number>((done) => {
        let frames = 0;
        const end = performance.now() + duration;
        const count = (now: number) => {
          frames += 1;
          if (now < end) requestAnimationFrame(count);
          else done(frames);
        };
        requestAnimationFrame(count);
      }),
    ms,
  );

for (const size of SIZES) {
  test(`${size} nodes`, async ({ app }) => {
    const workflow = await makeWorkflow(app, largeWorkflow(size));
    const updates = new LiveUpdates();
    await updates.listen(app);
    const session = await app.context().newCDPSession(app);
    await session.send("Performance.enable");
    const carried = await traffic(session);

    const began = performance.now();
    await openEditor(app, workflow);
    await card(app, "Node 0").waitFor();
    await twoFrames(app);
    const openMs = performance.now() - began;
    const { requests, bytes } = carried;
    await session.send("HeapProfiler.collectGarbage");
    const heapBytes = await metric(session, "JSHeapUsedSize");
    const elements = await app.evaluate(() => document.querySelectorAll("*").length);

    await updates.begin(workflow);
    const before = await metric(session, "TaskDuration");
    const frames = framesShown(app, SECONDS * 1_000);
    const sent = await updates.play(app, size, PER_SECOND, SECONDS);
    const busyS = (await metric(session, "TaskDuration")) - before;
    const row = {
      size,
      open_ms: Math.round(openMs),
      heap_mb: heapBytes / 2 ** 20,
      elements,
      requests,
      transferred_kb: bytes / 1_000,
      update_ms: (busyS * 1_000) / sent,
      frames_per_s: (await frames) / SECONDS,
    };
    appendFileSync(FILE, `${JSON.stringify(row)}\n`);
  });
}
