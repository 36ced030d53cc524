// Narrows a list of kept texts down: by words, and to one name.

import { X } from "lucide-react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { SearchField } from "@/ui/search-field";
import type { Narrowing } from "./kept-queries";

type Props = {
  readonly value: Narrowing;
  readonly onChange: (value: Narrowing) => void;
};

export function KeptSearch({ value, onChange }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
      <SearchField
        label={t("remembered.search")}
        value={value.search}
        maxLength={200}
        className="w-72 max-sm:w-full"
        onChange={(search) => onChange({ ...value, search })}
      />
      {value.space !== "" && (
        <Button icon={X} onClick={() => onChange({ ...value, space: "" })}>
          <span className="max-w-64 truncate">{t("memories.only", { space: value.space })}</span>
        </Button>
      )}
    </div>
  );
}

type NameProps = { readonly space: string; readonly onChoose: (space: string) => void };

/** The name under which something is kept; a press shows only what is kept there. */
export function SpaceName({ space, onChoose }: NameProps) {
  return (
    <button
      type="button"
      title={t("memories.only", { space })}
      onClick={() => onChoose(space)}
      className="max-w-48 truncate rounded-small text-start font-code text-xs text-fg-muted hover:text-accent hover:underline"
    >
      {space}
    </button>
  );
}
