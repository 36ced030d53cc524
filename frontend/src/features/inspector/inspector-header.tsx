// The inspector's head: which node, how its run is doing, its neighbours, the layout.

import {
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  Columns3,
  History,
  Maximize2,
  PanelRight,
  Play,
  X,
} from "lucide-react";
import { useState } from "react";
import { renameNode, useCommit, useDocumentState, useEditor, useEditorUi } from "@/features/editor";
import { NodeTile } from "@/features/palette";
import { useNodeProgress } from "@/features/runs";
import { isEnabled, registered, runAction, useActionList } from "@/lib/actions";
import { type MessageKey, t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Chip } from "@/ui/chip";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { Segmented } from "@/ui/segmented";
import { StatusChip } from "@/ui/status-chip";
import { useInspectedStep } from "./data/use-turn";
import { useInspected } from "./inspector-context";
import type { InspectorLayout, LAYOUTS } from "./preferences";
import { TurnPicker } from "./turn-picker";

const LAYOUT_ICONS = { side: PanelRight, dock: Columns3, full: Maximize2 } as const;
const LAYOUT_ORDER = [
  "side",
  "dock",
  "full",
] as const satisfies readonly (typeof LAYOUTS)[number][];

type Props = {
  readonly layout: InspectorLayout;
  /** Null on a phone, where there is no choice. */
  readonly onLayout: ((layout: InspectorLayout) => void) | null;
  readonly onClose: () => void;
  /** Null at the first and last node. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
};

const layoutKey = (layout: InspectorLayout): MessageKey => `inspector.layout.${layout}`;

export function InspectorHeader({ layout, onLayout, onClose, onPrevious, onNext }: Props) {
  const { catalog } = useEditor();
  const { spec } = useInspected();
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-2 border-b border-line bg-surface ps-3 pe-1.5">
      <NodeTile catalog={catalog} spec={spec} size="small" />
      <NodeName />
      {layout !== "side" && (
        <span className="truncate text-xs text-fg-muted max-lg:hidden">
          {spec
            ? `${catalog.category(spec.category).label} · ${spec.title} v${spec.version}`
            : t("inspector.missing")}
        </span>
      )}
      <RunStatus />
      <TurnPicker />
      <span className="flex-1" />
      <IconButton
        icon={ChevronLeft}
        label={t("inspector.previous")}
        keys="alt+arrowleft"
        disabled={!onPrevious}
        onClick={onPrevious ?? undefined}
      />
      <IconButton
        icon={ChevronRight}
        label={t("inspector.next")}
        keys="alt+arrowright"
        disabled={!onNext}
        onClick={onNext ?? undefined}
      />
      <RunPart isWide={onLayout !== null && layout !== "side"} />
      {onLayout && (
        <Segmented
          label={t("inspector.layout")}
          size="small"
          value={layout}
          segments={LAYOUT_ORDER.map((value) => ({
            value,
            label: t(layoutKey(value)),
            icon: LAYOUT_ICONS[value],
            iconOnly: true,
          }))}
          onChange={onLayout}
        />
      )}
      <IconButton icon={X} label={t("inspector.close")} keys="escape" onClick={onClose} />
    </header>
  );
}

/** Run to here, and the other parts of a run that begin or end at this node; or a fork of it. */
function RunPart({ isWide }: { readonly isWide: boolean }) {
  useInspectedStep(); // What is offered follows from how the step stands.
  const actions = useActionList().filter(({ id }) => PARTS.includes(id) && isEnabledNow(id));
  const toHere = actions.find(({ id }) => id === PARTS[0]);
  if (actions.length === 0) return null;
  return (
    <>
      {isWide && toHere && (
        <Button icon={Play} className="ms-1" onClick={() => runAction(toHere.id)}>
          {toHere.label}
        </Button>
      )}
      <Menu
        label={t("inspector.runParts")}
        align="end"
        trigger={
          <IconButton
            icon={isWide && toHere ? ChevronDown : Play}
            label={t("inspector.runParts")}
          />
        }
        entries={actions.map(({ id, label, icon, keys }) => ({
          id,
          label,
          ...(icon ? { icon } : {}),
          keys: keys?.[0],
          onSelect: () => runAction(id),
        }))}
      />
    </>
  );
}

const PARTS: readonly string[] = [
  "editor.runToHere",
  "editor.runFromHere",
  "editor.runThisNode",
  "runs.fork",
];

const isEnabledNow = (id: string): boolean =>
  registered().some((action) => action.id === id && isEnabled(action));

function NodeName() {
  const { node } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    if (typed !== null && typed.trim() !== node.name) {
      commit(t("inspector.step.rename", { name: node.name }), (document) =>
        renameNode(document, node.id, typed),
      );
    }
    setTyped(null);
  };
  return (
    <input
      aria-label={t("inspector.name")}
      value={typed ?? node.name}
      readOnly={readOnly}
      size={Math.min(40, Math.max(6, (typed ?? node.name).length))}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape" || typed === null) return;
        event.stopPropagation();
        setTyped(null);
      }}
      className="field-sizing-content h-7 max-w-80 min-w-0 rounded-small border border-transparent bg-transparent px-1 font-semibold hover:border-line-strong focus-visible:outline-offset-0"
    />
  );
}

function RunStatus() {
  const { node } = useInspected();
  const run = useInspectedStep();
  const progress = useNodeProgress(node.id);
  const isStale = useEditorUi(({ stale }) => stale.has(node.id));
  if (!run) return null;
  const share = progress?.fraction;
  const words =
    share === null || share === undefined ? progress?.text : `${Math.round(share * 100)} %`;
  return (
    <span className="flex gap-1.5 max-sm:hidden">
      <StatusChip status={run.status}>{words || undefined}</StatusChip>
      {isStale && (
        <Chip icon={History} plain>
          {t("editor.stale")}
        </Chip>
      )}
    </span>
  );
}
