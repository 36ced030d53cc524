// One of many: a button that opens a list with a search field. May take what is not in the list.

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "./icon";
import { controlClass } from "./input";
import { Popover } from "./popover";

export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
};

type Props = {
  /** Names the list. */
  readonly label: string;
  readonly value: string;
  readonly options: readonly ComboboxOption[];
  readonly onChange: (value: string) => void;
  readonly naming: ComponentProps<"button">;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly isLoading?: boolean;
  /** Offers the typed text itself as a choice. */
  readonly allowsOther?: boolean;
  /** Stands below the list: "Create new". */
  readonly footer?: (close: () => void) => ReactNode;
  /** Stands before the chosen label. */
  readonly lead?: ReactNode;
  readonly className?: string;
};

export function Combobox(props: Props) {
  const { label, value, options, onChange, naming, disabled, lead, className } = props;
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
    setQuery("");
  };
  const other = props.allowsOther && query !== "" && !options.some((one) => one.value === query);
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      className="w-(--radix-popover-trigger-width)! min-w-64 p-0!"
      trigger={
        <button
          type="button"
          {...permitted(naming)}
          disabled={disabled}
          aria-haspopup="dialog"
          className={cx(controlClass, "flex h-control items-center gap-2 text-start", className)}
        >
          {lead}
          <span className={cx("min-w-0 flex-1 truncate", value === "" && "text-fg-subtle")}>
            {chosen?.label ?? (value || props.placeholder || "…")}
          </span>
          <Icon icon={ChevronDown} className="text-fg-subtle" />
        </button>
      }
    >
      <Command loop label={label} className="flex flex-col">
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t("common.search")}
          className="h-control border-b border-line bg-transparent px-3 outline-none"
        />
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-fg-subtle">
            {props.isLoading ? t("common.loading") : t("common.none")}
          </Command.Empty>
          {options.map((option) => (
            <Choice
              key={option.value}
              option={option}
              isChosen={option.value === value}
              onChoose={choose}
            />
          ))}
          {other && (
            <Choice option={{ value: query, label: query }} isChosen={false} onChoose={choose} />
          )}
        </Command.List>
      </Command>
      {props.footer && (
        <div className="border-t border-line p-1">{props.footer(() => setOpen(false))}</div>
      )}
    </Popover>
  );
}

type ChoiceProps = {
  readonly option: ComboboxOption;
  readonly isChosen: boolean;
  readonly onChoose: (value: string) => void;
};

function Choice({ option, isChosen, onChoose }: ChoiceProps) {
  return (
    <Command.Item
      value={option.value === "" ? "\u0000" : option.value}
      keywords={[option.label]}
      onSelect={() => onChoose(option.value)}
      className="flex min-h-control items-center gap-2 rounded-small px-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
    >
      <span className="min-w-0 flex-1 truncate">
        {option.label}
        {option.hint && <span className="ms-2 text-xs text-fg-subtle">{option.hint}</span>}
      </span>
      {isChosen && <Icon icon={Check} className="text-accent" />}
    </Command.Item>
  );
}

/** A button may not say that it is required (ARIA 1.2); its message says so when it is empty. */
function permitted({ "aria-required": _, ...naming }: ComponentProps<"button">) {
  return naming;
}
