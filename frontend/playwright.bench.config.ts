// The browser's part of `make bench`, on a running server like the tests.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig(tests, {
  testDir: "bench",
  testMatch: "*.bench.ts",
  timeout: 120_000,
  workers: 1,
  use: { trace: "off" },
});
