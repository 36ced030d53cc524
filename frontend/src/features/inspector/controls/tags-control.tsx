// A list of short texts: Enter or a comma adds one, Backspace in the empty field takes the last.

import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { controlClass } from "@/ui/input";
import { listOf, withoutIndex } from "../model/json";
import type { ControlProps } from "./control";

export function TagsControl({
  field,
  value,
  onChange,
  onTemplate,
  naming,
  disabled,
}: ControlProps) {
  const [typed, setTyped] = useState("");
  const tags = listOf(value).map(String);
  const add = (text: string) => {
    const fresh = text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "" && !tags.includes(part));
    if (fresh.length > 0) onChange([...tags, ...fresh]);
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && tags.length > 0) {
      onChange(tags.slice(0, -1));
    }
  };
  return (
    <div
      className={cx(
        controlClass,
        "flex min-h-control flex-wrap items-center gap-1 px-1.5 py-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus",
      )}
    >
      {tags.map((tag, index) => (
        <span
          key={tag}
          className="inline-flex min-h-6 items-center gap-1 rounded-small bg-hover ps-2 font-code text-xs"
        >
          {tag}
          <button
            type="button"
            disabled={disabled}
            aria-label={t("inspector.tags.remove", { tag })}
            onClick={() => onChange(withoutIndex(tags, index))}
            className="flex size-6 items-center justify-center rounded-small text-fg-subtle hover:text-fg"
          >
            <Icon icon={X} size={12} />
          </button>
        </span>
      ))}
      <input
        {...naming}
        value={typed}
        disabled={disabled}
        placeholder={tags.length === 0 ? field.hints.placeholder || t("inspector.tags.hint") : ""}
        onChange={({ target }) => {
          if (target.value.includes("{{") && field.hints.expression) onTemplate(target.value);
          else if (target.value.includes(",")) add(target.value);
          else setTyped(target.value);
        }}
        onKeyDown={press}
        onBlur={() => add(typed)}
        className="min-w-24 flex-1 bg-transparent px-1 outline-none"
      />
    </div>
  );
}
