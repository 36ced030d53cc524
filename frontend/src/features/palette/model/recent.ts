// The node types that this person added last, kept on this device.

const KEY = "headrace.palette.recent";
const LIMIT = 5;

export function recentTypes(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
  } catch {
    return [];
  }
}

export function rememberType(type: string): void {
  const types = [type, ...recentTypes().filter((other) => other !== type)].slice(0, LIMIT);
  try {
    localStorage.setItem(KEY, JSON.stringify(types));
  } catch {
    // Without storage there are no recents; nothing else depends on them.
  }
}
