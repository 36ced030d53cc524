// Browsers by what they say of themselves.

import { expect, test } from "vitest";
import { readAgent } from "./agent";

test.each([
  ["Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge", "Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome", "Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari", "iOS"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:130.0) Firefox/130.0", "Firefox", "Android"],
])("%s", (text, browser, system) => {
  expect(readAgent(text)).toEqual({ browser, system });
});

test("a program that is no browser has no such name", () => {
  expect(readAgent("curl/8.9")).toBeNull();
});
