// What a menu draws, and the triggers that open it.

import { DropdownMenu as Radix, ContextMenu as RadixContext } from "radix-ui";
import type { Ref } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";
import { Keys } from "./kbd";
import type { MenuEntry, MenuProps } from "./menu";

const PANEL =
  "z-50 min-w-48 animate-enter overflow-auto rounded-control border border-line bg-raised p-1 shadow-panel";
const ITEM =
  "flex min-h-control cursor-default items-center gap-2.5 rounded-small px-2 text-base outline-none select-none data-disabled:opacity-45 data-highlighted:bg-hover";

export function MenuSurface({ trigger, label, entries, header, align, side }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align ?? "start"}
          side={side ?? "bottom"}
          sideOffset={4}
          collisionPadding={8}
          className={PANEL}
        >
          {header && <Radix.Label className="px-2 py-1.5 text-fg-muted">{header}</Radix.Label>}
          {entries.map((entry, index) =>
            entry === "separator" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity.
              <Radix.Separator key={`separator-${index}`} className="my-1 h-px bg-line" />
            ) : (
              <Radix.Item key={entry.id} {...itemProps(entry)}>
                <EntryContent entry={entry} />
              </Radix.Item>
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ContextProps = {
  /** Takes the events that open the menu, wherever they happened. */
  readonly triggerRef: Ref<HTMLSpanElement>;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
};

export function ContextMenuSurface({ triggerRef, label, entries }: ContextProps) {
  return (
    <RadixContext.Root>
      <RadixContext.Trigger ref={triggerRef} className="hidden" />
      <RadixContext.Portal>
        {entries.length > 0 && (
          <RadixContext.Content aria-label={label} collisionPadding={8} className={PANEL}>
            {entries.map((entry, index) =>
              entry === "separator" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity.
                <RadixContext.Separator key={`separator-${index}`} className="my-1 h-px bg-line" />
              ) : (
                <RadixContext.Item key={entry.id} {...itemProps(entry)}>
                  <EntryContent entry={entry} />
                </RadixContext.Item>
              ),
            )}
          </RadixContext.Content>
        )}
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

type Command = Exclude<MenuEntry, "separator">;

function itemProps(entry: Command) {
  return {
    onSelect: entry.onSelect,
    disabled: entry.disabled ?? false,
    className: cx(ITEM, entry.danger && "text-error data-highlighted:bg-error-soft"),
  };
}

function EntryContent({ entry }: { readonly entry: Command }) {
  return (
    <>
      {entry.icon && <Icon icon={entry.icon} className={entry.danger ? "" : "text-fg-muted"} />}
      <span className="flex-1">
        {entry.label}
        {entry.hint && <span className="block text-xs text-fg-subtle">{entry.hint}</span>}
      </span>
      {entry.keys && <Keys chord={entry.keys} />}
    </>
  );
}
