// What went wrong with a request: the server's RFC 9457 problem, or that it was not reached.

import { t } from "@/lib/i18n";

export type FieldError = {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
};

export type ProblemBody = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly facts: { readonly [name: string]: unknown };
};

/** A request that the server refused. `code` is stable; `message` is for people. */
export class ProblemError extends Error {
  readonly body: ProblemBody;
  readonly requestId: string | null;

  constructor(body: ProblemBody, requestId: string | null) {
    super(body.detail || body.title);
    this.name = "ProblemError";
    this.body = body;
    this.requestId = requestId;
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }
}

/** The server could not be reached at all. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super(t("errors.offline"), { cause });
    this.name = "OfflineError";
  }
}

/** True for a problem with this code, or with this HTTP status. */
export function isProblem(error: unknown, codeOrStatus?: string | number): error is ProblemError {
  if (!(error instanceof ProblemError)) return false;
  if (codeOrStatus === undefined) return true;
  return error.code === codeOrStatus || error.status === codeOrStatus;
}

/** One sentence for people, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : t("errors.unexpected");
}

/** Messages by the name of the top-level field that they are about: `/data/token` → `data`. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error)) return {};
  const found: Record<string, string> = {};
  for (const { path, message } of error.body.errors) {
    const name = path.split("/").find((part) => part !== "");
    if (name !== undefined && !(name in found)) found[name] = message;
  }
  return found;
}

/** Reads a refused answer; a body that is no problem document still gives one. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  return new ProblemError(toProblemBody(response, body), response.headers.get("X-Request-ID"));
}

function toProblemBody(response: Response, body: unknown): ProblemBody {
  const given: Partial<ProblemBody> = typeof body === "object" && body !== null ? body : {};
  return {
    status: response.status,
    code: given.code ?? `http_${response.status}`,
    title: given.title ?? t("errors.status", { status: response.status }),
    detail: given.detail ?? "",
    errors: given.errors ?? [],
    facts: given.facts ?? {},
  };
}
