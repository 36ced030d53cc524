// Browser tests against a running server: HEADRACE_E2E_URL, with the owner's e-mail and password.

import dns from "node:dns";
import { defineConfig } from "@playwright/test";

// Names below `localhost` are this machine (RFC 6761). Chromium knows; Node asks the resolver.
const lookUp = dns.promises.lookup;
dns.promises.lookup = ((host: string, options: dns.LookupOptions) =>
  lookUp(host.endsWith(".localhost") ? "localhost" : host, options)) as typeof lookUp;

export default defineConfig({
  testDir: "e2e",
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env["CI"]),
  // One slow moment of a shared machine must not refuse a change; what needed it is listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
  reporter: [["list"]],
  use: {
    baseURL: process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000",
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["HEADRACE_E2E_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
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
