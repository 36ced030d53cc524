// One of two to five, all in sight: views, modes, periods.

import type { LucideIcon } from "lucide-react";
import { ToggleGroup as Radix } from "radix-ui";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

export type Segment<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly icon?: LucideIcon;
  /** Shows the icon alone; the label becomes its name. */
  readonly iconOnly?: boolean;
};

type Props<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly segments: readonly Segment<V>[];
  readonly onChange: (value: V) => void;
  readonly size?: "small" | "medium";
  readonly disabled?: boolean;
  readonly className?: string;
};

export function Segmented<V extends string>(props: Props<V>) {
  const { label, value, segments, onChange, size, disabled, className } = props;
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      disabled={disabled ?? false}
      onValueChange={(next) => {
        const segment = segments.find((candidate) => candidate.value === next);
        if (segment) onChange(segment.value);
      }}
      className={cx(
        "inline-flex max-w-full shrink-0 items-center max-sm:min-w-0 max-sm:shrink max-sm:flex-wrap gap-0.5 rounded-control border border-line bg-sunken p-0.5",
        className,
      )}
    >
      {segments.map((segment) => (
        <Radix.Item
          key={segment.value}
          value={segment.value}
          aria-label={segment.iconOnly ? segment.label : undefined}
          title={segment.iconOnly ? segment.label : undefined}
          className={cx(
            "inline-flex min-h-touch items-center justify-center gap-1.5 rounded-small px-2.5 font-medium text-fg-muted transition-colors duration-(--time-hover) hover:text-fg data-[state=on]:bg-raised data-[state=on]:text-fg data-[state=on]:shadow-control",
            size === "small" ? "text-xs" : "text-base",
          )}
        >
          {segment.icon && <Icon icon={segment.icon} />}
          {!segment.iconOnly && segment.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
