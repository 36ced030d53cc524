// Does a key press mean a chord such as `mod+shift+p`? `mod` is Cmd on a Mac, else Ctrl.

import { isMac } from "./platform";

export type KeyEventFacts = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"
>;

/** Keys by their place, for when Shift or Alt turns the character into another. */
const BY_PLACE: Readonly<Record<string, string>> = {
  Period: ".",
  Comma: ",",
  Slash: "/",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
};

export function matchesChord(chord: string, event: KeyEventFacts): boolean {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  const key = parts.at(-1) ?? "";
  const modifiers = new Set(parts.slice(0, -1));
  if (!holds(modifiers, event)) return false;
  const pressed = event.key === " " ? "space" : event.key.toLowerCase();
  // "?" already says that Shift was needed; "shift+a" and "shift+enter" must say so themselves.
  if (pressed === key && isSymbol(pressed) && !modifiers.has("shift")) return true;
  return (
    event.shiftKey === modifiers.has("shift") && (pressed === key || placeOf(event.code) === key)
  );
}

/** Are exactly these modifiers down, Shift aside? */
function holds(modifiers: ReadonlySet<string>, event: KeyEventFacts): boolean {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return mod === modifiers.has("mod") && !other && event.altKey === modifiers.has("alt");
}

const isSymbol = (key: string): boolean => key.length === 1 && key === key.toUpperCase();

function placeOf(code: string): string {
  const letter = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return letter?.toLowerCase() ?? BY_PLACE[code] ?? "";
}
