import { describe, expect, it } from "vitest";
import { safeNext } from "./next";

const next = (value: unknown) => safeNext(value, "https://acme.test", "/app");

describe("safeNext", () => {
  it("keeps a page of the app with its search and fragment", () => {
    expect(next("/app/workflows?q=mail#top")).toBe("/workflows?q=mail#top");
  });

  it.each([
    "https://evil.test/app/",
    "//evil.test/app/",
    "/\\evil.test",
    "\\\\evil.test",
    "/app/../admin/",
    "/app\n/../admin/",
    "javascript:alert(1)",
    "/admin/",
    "/application",
    " /app/",
    "",
    undefined,
    7,
  ])("sends %j to the home page", (value) => {
    expect(next(value)).toBe("/");
  });
});
