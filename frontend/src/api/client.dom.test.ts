import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, whenSessionExpires } from "./client";
import { fieldErrors, isProblem, OfflineError } from "./problem";

const fetched = vi.fn<typeof fetch>();
const expired = vi.fn();

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  whenSessionExpires(expired);
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
  expired.mockReset();
});

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = body === undefined ? null : JSON.stringify(body);
  fetched.mockResolvedValue(new Response(text, { status, headers }));
}

const problem = (code: string) => ({
  title: "No",
  detail: "That is not right.",
  code,
  errors: [
    { path: "/name", message: "Too long." },
    { path: "/data/token", message: "Missing." },
  ],
  facts: {},
});

describe("a request", () => {
  it("leaves empty query parameters out", async () => {
    answer(200, {});

    await api.get("workflows/", { query: { q: "a b", cursor: null, active: false, mode: "" } });

    expect(fetched.mock.calls[0]?.[0]).toBe("/api/v1/workflows/?q=a+b&active=false");
  });

  it("carries the CSRF token when it changes something", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: what the server does.
    document.cookie = "csrftoken=token%3D1";
    answer(201, {});

    await api.post("workflows/", { name: "A" });

    const init = fetched.mock.calls[0]?.[1];
    expect(init?.headers).toMatchObject({ "X-CSRFToken": "token=1" });
    expect(init?.body).toBe('{"name":"A"}');
  });

  it("answers undefined where there is no body", async () => {
    answer(204, undefined);

    await expect(api.delete("workflows/1/")).resolves.toBeUndefined();
  });
});

describe("a refusal", () => {
  it("is an error with the server's words, code and request", async () => {
    answer(422, problem("invalid_workflow"), { "X-Request-ID": "r-1" });

    const error = await api.post("workflows/").catch((thrown: unknown) => thrown);

    expect(isProblem(error, "invalid_workflow")).toBe(true);
    expect(error).toMatchObject({ message: "That is not right.", requestId: "r-1", status: 422 });
    expect(fieldErrors(error)).toEqual({ name: "Too long.", data: "Missing." });
  });

  it("that is no problem document still is one", async () => {
    fetched.mockResolvedValue(new Response("<h1>Bad gateway</h1>", { status: 502 }));

    await expect(api.get("nodes/")).rejects.toMatchObject({ code: "http_502", status: 502 });
  });

  it("for want of a session is reported, unless the caller deals with it", async () => {
    answer(401, problem("not_authenticated"));
    await api.get("workflows/").catch(() => undefined);
    expect(expired).toHaveBeenCalledOnce();

    answer(401, problem("not_authenticated"));
    await api.get("session/", { allowSignedOut: true }).catch(() => undefined);
    expect(expired).toHaveBeenCalledOnce();
  });
});

describe("without a connection", () => {
  it("raises OfflineError", async () => {
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));

    await expect(api.get("nodes/")).rejects.toBeInstanceOf(OfflineError);
  });

  it("leaves a cancelled request's own error", async () => {
    const controller = new AbortController();
    controller.abort();
    const abort = new DOMException("Aborted", "AbortError");
    fetched.mockRejectedValue(abort);

    await expect(api.get("nodes/", { signal: controller.signal })).rejects.toBe(abort);
  });
});
