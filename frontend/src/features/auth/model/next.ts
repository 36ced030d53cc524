// Where to go after signing in: only ever a page of this app (S-042).

export const HOME = "/";

/**
 * The path below the app's base that `next` names, or the home page. Anything that would leave
 * this origin or this app is refused: other hosts, schemes, `//host`, backslashes.
 */
export function safeNext(next: unknown, origin: string, base: string): string {
  if (typeof next !== "string" || !isPlainPath(next)) return HOME;
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (url?.origin !== origin || !url.pathname.startsWith(`${base}/`)) return HOME;
  return url.pathname.slice(base.length) + url.search + url.hash;
}

/** One leading slash, and nothing that browsers read as a slash or drop. */
function isPlainPath(next: string): boolean {
  return /^\/(?!\/)[\x21-\x7e]*$/.test(next) && !next.includes("\\");
}
