// Text that is being typed and does not always make a value: `-`, `1.`, half a JSON document.

import { useState } from "react";
import type { JsonValue } from "@/api/types";

export type Draft = {
  readonly text: string;
  /** The text does not make a value; the stored one is still the last that did. */
  readonly isBroken: boolean;
  readonly type: (text: string) => void;
};

/** `parse` gives the value of a text, or `undefined` where it makes none. */
export function useDraft(
  value: JsonValue | undefined,
  print: (value: JsonValue | undefined) => string,
  parse: (text: string) => JsonValue | undefined,
  onChange: (value: JsonValue) => void,
): Draft {
  const printed = print(value);
  const [draft, setDraft] = useState({ text: printed, printed });
  const isCurrent = draft.printed === printed;
  const text = isCurrent ? draft.text : printed;
  const type = (next: string) => {
    const parsed = parse(next);
    setDraft({ text: next, printed: parsed === undefined ? printed : print(parsed) });
    if (parsed !== undefined) onChange(parsed);
  };
  return { text, isBroken: parse(text) === undefined, type };
}
