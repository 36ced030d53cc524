// Adding by name: a dialog that finds a node type and says what it will be connected to.

import "@/lib/messages/palette";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import type { JsonObject, NodeSpec } from "@/api/types";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { Keys } from "@/ui/kbd";
import { groupLabel } from "./group-label";
import type { Catalog } from "./model/catalog";
import { actionsOf, type NodeAction, searchActions } from "./model/node-actions";
import { recentTypes } from "./model/recent";
import { search } from "./model/search";
import { NodeTile } from "./node-tile";
import { OffMark } from "./off-mark";

/** `chain` adds and asks for the next node; `loose` adds without a connection. */
export type PickMode = "connect" | "chain" | "loose";

type Props = {
  readonly catalog: Catalog;
  readonly placeholder: string;
  /** Name of the port that the new node will hang on; null when it will stand alone. */
  readonly connectsTo: string | null;
  readonly allowed: (spec: NodeSpec) => boolean;
  /** `params` make the node do what was picked: one of its actions. */
  readonly onPick: (spec: NodeSpec, mode: PickMode, params?: JsonObject) => void;
  readonly onClose: () => void;
  /** The dialog is gone: the moment to put the focus where it belongs. */
  readonly onClosed: () => void;
};

export function QuickAdd(props: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => open || props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-enter bg-scrim" />
        <Dialog.Content
          data-scope="dialog"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            props.onClosed();
          }}
          className="fixed start-1/2 top-[12dvh] z-50 w-140 max-w-[calc(100vw-1.5rem)] -translate-x-1/2 animate-slide-up rounded-dialog border border-line bg-raised shadow-dialog focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t("palette.add")}</Dialog.Title>
          <QuickAddList {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function QuickAddList({ catalog, placeholder, connectsTo, allowed, onPick }: Props) {
  const [query, setQuery] = useState("");
  const [highlighted, setHighlighted] = useState("");
  const [recent] = useState(recentTypes);
  const [inside, setInside] = useState<NodeSpec | null>(null);
  const groups = inside ? [] : search(catalog, query, allowed, recent);
  const actions = inside ? actionsNamed(inside, query) : searchActions(catalog, query, allowed);
  const specOf = (entry: string) => catalog.byType(entry.slice(entry.indexOf("/") + 1));
  const pick = (entry: string, mode: PickMode) => {
    const action = actions.find((one) => entryOf(one) === entry);
    const spec = action?.spec ?? specOf(entry);
    if (!spec) return;
    setQuery("");
    setInside(null);
    onPick(spec, mode, action?.params);
  };
  /** Right opens what a node can do, where the caret has nowhere to go; left goes back. */
  const step = (event: KeyboardEvent<HTMLElement>): boolean => {
    const field = event.target as HTMLInputElement;
    const spec = specOf(highlighted);
    if (event.key === "ArrowRight" && !inside && spec && field.selectionEnd === query.length) {
      if (!hasActions(spec)) return false;
      setInside(spec);
      setQuery("");
      return true;
    }
    const isBack = event.key === "ArrowLeft" || event.key === "Backspace";
    if (!inside || !isBack || query !== "") return false;
    setInside(null);
    return true;
  };
  const pressKey = (event: KeyboardEvent<HTMLElement>) => {
    if (step(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    pick(highlighted, modeOf(event));
  };
  return (
    <Command
      shouldFilter={false}
      vimBindings={false}
      loop
      label={t("palette.add")}
      value={highlighted}
      onValueChange={setHighlighted}
      onKeyDown={pressKey}
    >
      <div className="flex h-13 items-center gap-3 border-b border-line px-4">
        <Icon icon={Search} size={18} className="text-fg-subtle" />
        <Command.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder={inside ? t("palette.actionsOf", { name: inside.title }) : placeholder}
          className="h-full min-w-0 flex-1 bg-transparent text-md outline-none"
        />
        {connectsTo !== null && <Chip>{t("palette.connectsTo", { port: connectsTo })}</Chip>}
      </div>
      <Command.List
        className="max-h-[min(24rem,55dvh)] overflow-y-auto p-2"
        label={t("palette.panel")}
      >
        <Command.Empty className="px-3 py-8 text-center text-fg-muted">
          <p>{t("palette.empty", { query })}</p>
          <p className="mt-1 text-xs text-fg-subtle">{t("palette.emptyHint")}</p>
        </Command.Empty>
        {groups.map(({ id, specs }) => (
          <Command.Group key={id} heading={groupLabel(catalog, id)} className={GROUP}>
            {specs.map((spec) => (
              <QuickAddItem
                key={spec.type}
                catalog={catalog}
                spec={spec}
                group={id}
                onPick={pick}
              />
            ))}
          </Command.Group>
        ))}
        {actions.length > 0 && (
          <Command.Group heading={t("palette.actions")} className={GROUP}>
            {actions.map((action) => (
              <ActionItem
                key={entryOf(action)}
                catalog={catalog}
                action={action}
                onPick={() => pick(entryOf(action), "connect")}
              />
            ))}
          </Command.Group>
        )}
      </Command.List>
      <QuickAddFooter
        connects={connectsTo !== null}
        hasActions={!inside && hasActions(specOf(highlighted))}
      />
    </Command>
  );
}

function modeOf({ shiftKey, ctrlKey, metaKey }: KeyboardEvent): PickMode {
  if (shiftKey) return "loose";
  return ctrlKey || metaKey ? "chain" : "connect";
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-subtle";

const hasActions = (spec: NodeSpec | undefined): boolean =>
  spec !== undefined && actionsOf(spec).length > 0;

const entryOf = ({ spec, params }: NodeAction): string =>
  `action:${JSON.stringify(params)}/${spec.type}`;

function actionsNamed(spec: NodeSpec, query: string): readonly NodeAction[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return actionsOf(spec).filter(({ label }) =>
    words.every((word) => label.toLowerCase().includes(word)),
  );
}

type ActionProps = {
  readonly catalog: Catalog;
  readonly action: NodeAction;
  readonly onPick: () => void;
};

function ActionItem({ catalog, action, onPick }: ActionProps) {
  return (
    <Command.Item
      value={entryOf(action)}
      onSelect={onPick}
      className="flex cursor-pointer items-center gap-3 rounded-control px-2 py-1.5 data-[selected=true]:bg-accent-soft"
    >
      <NodeTile catalog={catalog} spec={action.spec} size="small" />
      <span className="flex min-w-0 items-baseline gap-2.5">
        <span className="truncate font-medium">{action.label}</span>
        <span className="shrink-0 text-fg-muted">{action.spec.title}</span>
      </span>
    </Command.Item>
  );
}

type ItemProps = {
  readonly catalog: Catalog;
  readonly spec: NodeSpec;
  readonly group: string;
  readonly onPick: (entry: string, mode: PickMode) => void;
};

function QuickAddItem({ catalog, spec, group, onPick }: ItemProps) {
  const entry = `${group}/${spec.type}`;
  return (
    <Command.Item
      value={entry}
      onSelect={() => onPick(entry, "connect")}
      className="flex cursor-pointer items-center gap-3 rounded-control px-2 py-1.5 data-[selected=true]:bg-accent-soft"
    >
      <NodeTile catalog={catalog} spec={spec} size="medium" />
      <span className="flex min-w-0 items-baseline gap-2.5">
        <span className="shrink-0 font-medium">{spec.title}</span>
        <span className="truncate text-fg-muted">{spec.description}</span>
      </span>
      <OffMark catalog={catalog} type={spec.type} />
    </Command.Item>
  );
}

type FooterProps = { readonly connects: boolean; readonly hasActions: boolean };

function QuickAddFooter({ connects, hasActions }: FooterProps) {
  const hints: readonly (readonly [chords: readonly string[], text: string])[] = [
    [["arrowup", "arrowdown"], t("palette.hintMove")],
    [["enter"], connects ? t("palette.hintConnect") : t("palette.hintAdd")],
    [["mod+enter"], t("palette.hintChain")],
    ...(hasActions ? [[["arrowright"], t("palette.hintActions")] as const] : []),
    ...(connects ? [[["shift+enter"], t("palette.hintLoose")] as const] : []),
  ];
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-xs text-fg-muted max-sm:hidden">
      {hints.map(([chords, text]) => (
        <span key={text} className="inline-flex items-center gap-1.5">
          {chords.map((chord) => (
            <Keys key={chord} chord={chord} />
          ))}
          {text}
        </span>
      ))}
      <span className="ms-auto">
        <Keys chord="escape" />
      </span>
    </footer>
  );
}
