// Which action a key press means, given what has the focus; and the one listener that asks.

import { type Action, isEnabled, registered, type Scope } from "./actions";
import { type KeyEventFacts, matchesChord } from "./key-chord";
import { preferences } from "./preferences";

/** The scopes that listen when `target` has the focus, innermost first. */
export function scopesAt(target: Element | null): readonly Scope[] {
  if (target?.closest(".cm-editor")) return ["code", ...outerScopes(target)];
  if (target?.closest("input, textarea, select, [contenteditable='true']")) {
    return ["field", ...outerScopes(target)];
  }
  return outerScopes(target);
}

function outerScopes(target: Element | null): readonly Scope[] {
  if (target?.closest("[data-scope='dialog'], [role='menu'], [role='listbox']")) return ["dialog"];
  if (target?.closest("[data-scope='canvas']")) return ["canvas", "page", "app"];
  return ["page", "app"];
}

/** Keys that edit text belong to the field that has the focus. */
const FIELD_OWNS =
  /^mod\+(shift\+)?[acvxyz]$|^(shift\+|mod\+|alt\+)*(arrow\w+|home|end|enter|backspace|delete|tab|space)$/;

function worksWhileTyping(chord: string, scope: Scope): boolean {
  if (scope === "field" || scope === "code") return true;
  if (chord === "escape" || chord === "mod+enter" || chord === "mod+shift+enter") return true;
  return /^(mod|alt)\+|^f\d+$/.test(chord) && !FIELD_OWNS.test(chord);
}

/** Whether keys, a sequence included, begin with one character that no Ctrl or Alt is held with. */
export const beginsWithSingleKey = (keys: string): boolean =>
  /^(shift\+)?[^+]$|^\+$/.test(keys.split(" ")[0] ?? keys);

/** The action that a key press means now, or null. `prefix` is the first key of a sequence. */
export function actionForKey(
  actions: readonly Action[],
  scopes: readonly Scope[],
  event: KeyEventFacts,
  prefix: string | null,
): Action | null {
  const typing = scopes[0] === "field" || scopes[0] === "code";
  const allowed = (chord: string, scope: Scope): boolean => {
    if (typing && !worksWhileTyping(chord, scope)) return false;
    return preferences().singleKeys || !beginsWithSingleKey(chord);
  };
  const matches = (action: Action, scope: Scope): boolean =>
    action.scope === scope &&
    (action.keys ?? []).some((keys) => allowed(keys, scope) && matchesKeys(keys, event, prefix)) &&
    isEnabled(action);
  for (const scope of scopes) {
    const found = actions.find((action) => matches(action, scope));
    if (found) return found;
  }
  return null;
}

function matchesKeys(keys: string, event: KeyEventFacts, prefix: string | null): boolean {
  const [first = "", second] = keys.length > 1 ? keys.split(" ") : [keys];
  if (second === undefined) return prefix === null && matchesChord(first, event);
  return prefix === first && matchesChord(second, event);
}

/** The first key of a sequence that begins with this press, or null. */
function sequencePrefix(scopes: readonly Scope[], event: KeyEventFacts): string | null {
  if (scopes[0] === "field" || scopes[0] === "code" || !preferences().singleKeys) return null;
  for (const { keys = [], scope } of registered()) {
    for (const chord of keys) {
      const [first = "", second] = chord.split(" ");
      if (second && scopes.includes(scope) && matchesChord(first, event)) return first;
    }
  }
  return null;
}

const SEQUENCE_MS = 900;

/** Listens for keys on the document; the answer stops it. Called once, by the app. */
export function listenForKeys(): () => void {
  let prefix: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expect = (next: string | null) => {
    clearTimeout(timer);
    prefix = next;
    if (next !== null) timer = setTimeout(() => expect(null), SEQUENCE_MS);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const scopes = scopesAt(event.target instanceof Element ? event.target : null);
    const action = actionForKey(registered(), scopes, event, prefix);
    expect(action || prefix ? null : sequencePrefix(scopes, event));
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  document.addEventListener("keydown", onKey);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", onKey);
  };
}
