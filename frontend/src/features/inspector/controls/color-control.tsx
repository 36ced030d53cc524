// A colour, picked or typed as #rrggbb.

import { Input } from "@/ui/input";
import { useDraft } from "../form/use-draft";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

const COLOR = /^#[0-9a-f]{6}$/i;
const FALLBACK = "#000000";

export function ColorControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const parse = (text: string) => {
    if (text === "" && field.nullable) return null;
    return COLOR.test(text) ? text.toLowerCase() : undefined;
  };
  const draft = useDraft(value, textOf, parse, onChange);
  return (
    <span className="flex gap-2">
      <input
        type="color"
        aria-label={field.label}
        value={COLOR.test(draft.text) ? draft.text : FALLBACK}
        disabled={disabled}
        onChange={({ target }) => draft.type(target.value)}
        className="size-control shrink-0 rounded-control border border-line-strong bg-surface p-1"
      />
      <Input
        {...naming}
        value={draft.text}
        disabled={disabled}
        placeholder="#rrggbb"
        className="font-code"
        {...(draft.isBroken && draft.text !== "" ? { "aria-invalid": true } : {})}
        onChange={({ target }) => draft.type(target.value)}
      />
    </span>
  );
}
