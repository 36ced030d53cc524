// After a deploy an old tab asks for files that are gone: reload once instead of failing.

const RELOADED_KEY = "headrace.reloaded-at";
const ONCE_PER_MS = 60_000;

export function reloadOnStaleChunk(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const reloadedAt = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
    if (Date.now() - reloadedAt < ONCE_PER_MS) return;
    event.preventDefault();
    sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
    window.location.reload();
  });
}
