// The one door to the server's HTTP interface: JSON in and out, CSRF, problems as errors.

import { readCookie } from "@/lib/cookies";
import { OfflineError, problemFrom } from "./problem";

const BASE = "/api/v1/";

type QueryValue = string | number | boolean | null | undefined;

export type RequestOptions = {
  /** Parameters of the address; empty ones are left out. */
  readonly query?: { readonly [name: string]: QueryValue };
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
  /** Keep the request alive when the page goes away. */
  readonly keepalive?: boolean;
  /** A refused session is the caller's own matter: do not ask to sign in again. */
  readonly allowSignedOut?: boolean;
};

export type Answer<T> = { readonly data: T; readonly headers: Headers };

let onSessionExpired: () => void = () => undefined;

/** Called whenever a request is refused for want of a session. One listener: the app. */
export function whenSessionExpires(listener: () => void): void {
  onSessionExpired = listener;
}

/** Sends a request below /api/v1/. Raises ProblemError or OfflineError. */
export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Answer<T>> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const problem = await problemFrom(response);
    if (response.status === 401 && !options.allowSignedOut) onSessionExpired();
    throw problem;
  }
  const text = await response.text();
  return { data: (text === "" ? undefined : JSON.parse(text)) as T, headers: response.headers };
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: headersFor(method, options),
    credentials: "same-origin",
  };
  if (options.body !== undefined) {
    init.body = options.body instanceof FormData ? options.body : JSON.stringify(options.body);
  }
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  try {
    return await fetch(addressOf(path, options.query), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new OfflineError(error);
  }
}

function headersFor(method: string, options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
  }
  if (method !== "GET") headers["X-CSRFToken"] = readCookie("csrftoken") ?? "";
  return { ...headers, ...options.headers };
}

function addressOf(path: string, query: RequestOptions["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const suffix = search.size > 0 ? `?${search}` : "";
  return BASE + path + suffix;
}

async function data<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  return (await request<T>(method, path, options)).data;
}

/** The same by verb, answering the body alone. */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => data<T>("GET", path, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) =>
    data<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: RequestOptions) =>
    data<T>("PUT", path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) =>
    data<T>("PATCH", path, { ...options, body }),
  delete: <T = void>(path: string, options?: RequestOptions) => data<T>("DELETE", path, options),
};
