// Tabs within a page or panel. Tabs that are addresses are links: see the shell.

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/lib/cx";

export type Tab<V extends string> = {
  readonly value: V;
  readonly label: ReactNode;
  readonly count?: number;
};

type Props<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly tabs: readonly Tab<V>[];
  readonly onChange: (value: V) => void;
  readonly className?: string;
  /** Stands at the end of the row of tabs. */
  readonly aside?: ReactNode;
  /** `TabPanel`s, one per tab. */
  readonly children: ReactNode;
};

export function Tabs<V extends string>(props: Props<V>) {
  const { label, value, tabs, onChange, className, aside, children } = props;
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((candidate) => candidate.value === next);
        if (tab) onChange(tab.value);
      }}
      className={cx("flex min-h-0 flex-col", className)}
    >
      <div className="flex items-center justify-between gap-2 border-b border-line">
        <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className="min-h-control border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-fg-muted hover:text-fg focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-fg"
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="ms-1.5 text-fg-subtle">{tab.count}</span>
              )}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside}
      </div>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Content
      {...rest}
      className={cx("min-h-0 flex-1 focus-visible:-outline-offset-2", className)}
    />
  );
}
