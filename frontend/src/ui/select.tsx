// One of a few: a button that opens a list.

import { Check, ChevronDown, type LucideIcon } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { cspNonce } from "./csp";
import { Field, type FieldControl, type FieldFrame } from "./field";
import { Icon } from "./icon";
import { controlClass } from "./input";

export type SelectOption = {
  readonly value: string;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly hint?: ReactNode;
};

type ListProps = {
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
};

/** Radix keeps the empty text for "nothing chosen", so an option without value needs another. */
const EMPTY = "\u0000";
const inside = (value: string): string => (value === "" ? EMPTY : value);
const outside = (value: string): string => (value === EMPTY ? "" : value);

type PickerProps = ListProps & (Partial<FieldControl> | { readonly "aria-label": string });

/** The control alone; give it a name by `aria-label` or a label for its `id`. */
export function SelectInput(props: PickerProps) {
  const { value, options, onChange, placeholder, disabled, className, ...control } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root
      value={chosen ? inside(value) : ""}
      onValueChange={(next) => onChange(outside(next))}
      disabled={disabled ?? false}
    >
      <Radix.Trigger
        {...control}
        className={cx(
          controlClass,
          "flex h-control items-center justify-between gap-2 text-start data-placeholder:text-fg-subtle",
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen?.icon && <Icon icon={chosen.icon} />}
          <span className="truncate">
            <Radix.Value placeholder={placeholder ?? "…"}>{chosen?.label}</Radix.Value>
          </span>
        </span>
        <Icon icon={ChevronDown} className="text-fg-subtle" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) max-w-(--radix-select-content-available-width) min-w-(--radix-select-trigger-width) animate-enter overflow-hidden rounded-control border border-line bg-raised shadow-panel"
        >
          <Radix.Viewport className="p-1" {...(cspNonce ? { nonce: cspNonce } : {})}>
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function SelectItem({ option }: { readonly option: SelectOption }) {
  return (
    <Radix.Item
      value={inside(option.value)}
      className="flex min-h-control items-center gap-2 rounded-small px-2 py-1 text-base outline-none select-none data-highlighted:bg-accent-soft data-highlighted:text-accent"
    >
      {option.icon && <Icon icon={option.icon} />}
      <span className="min-w-0 flex-1 wrap-anywhere">
        <Radix.ItemText>{option.label}</Radix.ItemText>
        {option.hint && <span className="block text-xs text-fg-subtle">{option.hint}</span>}
      </span>
      <Radix.ItemIndicator>
        <Icon icon={Check} className="text-accent" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

/** The same with label, help and error. */
export function Select(props: ListProps & FieldFrame) {
  const { label, help, error, required, optional, hideLabel, aside, className, ...list } = props;
  const frame = { label, help, error, required, optional, hideLabel, aside, className };
  return <Field {...frame}>{(control) => <SelectInput {...list} {...control} />}</Field>;
}
