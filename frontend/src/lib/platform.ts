// What the machine is called and calls its keys.

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const KEY_NAMES: Readonly<Record<string, string>> = {
  mod: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: isMac ? "⇧" : "Shift",
  enter: "↵",
  escape: "Esc",
  delete: "Del",
  backspace: "⌫",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
};

/** The caps of one key chord, as printed on this machine: `mod+shift+p` → Ctrl, Shift, P. */
export function keyCaps(chord: string): readonly string[] {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  return parts.map((part) => KEY_NAMES[part] ?? part.toUpperCase());
}
