// One node from the inside: what comes in, what is set, what comes out. The same for every node.

import "@/lib/messages/editor";
import "@/lib/messages/inspector";
import "@/lib/messages/runs";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { childrenOf, nodeById, parentsOf, useDocument, useEditor } from "@/features/editor";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { type Column, Columns, TabbedColumns } from "./columns";
import { InputPanel } from "./data/input-panel";
import { OutputPanel } from "./data/output-panel";
import { type Inspected, InspectedContext } from "./inspector-context";
import { InspectorHeader } from "./inspector-header";
import { createMappingStore, MappingContext } from "./mapping";
import { ParametersPanel } from "./parameters-panel";
import { type Side, toggleFull } from "./preferences";
import { useInspectorLayout } from "./use-layout";

type Props = {
  readonly nodeId: string;
  readonly onClose: () => void;
  readonly onSelectNode: (nodeId: string) => void;
  /** Somebody came for a problem: show all that is wrong at once. */
  readonly showProblems?: boolean;
  /** Runs up to and with a node; absent where nothing may be run. */
  readonly onRunTo?: ((node: string) => void) | undefined;
};

export function Inspector(props: Props) {
  const { nodeId, onClose, onSelectNode, showProblems = false, onRunTo } = props;
  const document = useDocument((current) => current);
  const { catalog } = useEditor();
  const node = nodeById(document, nodeId);
  const { layout, isPhone, setLayout } = useInspectorLayout();
  const [item, setItem] = useState({ nodeId, index: 0 });
  const [turn, setTurn] = useState<string | null>(null);
  const [column, setColumn] = useState<Column>("parameters");
  const [mapping] = useState(createMappingStore);
  const root = useRef<HTMLElement>(null);
  const itemIndex = item.nodeId === nodeId ? item.index : 0;
  const inspected = useMemo<Inspected | null>(
    () =>
      node
        ? {
            node,
            spec: catalog.byType(node.type),
            itemIndex,
            setItemIndex: (index) => setItem({ nodeId, index }),
            turn,
            setTurn,
            runTo: onRunTo ?? null,
          }
        : null,
    [node, catalog, nodeId, itemIndex, turn, onRunTo],
  );
  const goTo = (side: Side) => {
    // At once: whoever types on must not type into the field that they left.
    flushSync(() => setColumn(side));
    focusColumn(root.current, side);
  };
  const [previous] = parentsOf(document, nodeId);
  const [next] = childrenOf(document, nodeId);
  useInspectorActions({
    goTo,
    previous: previous === undefined ? null : () => onSelectNode(previous),
    next: next === undefined ? null : () => onSelectNode(next),
    resize: isPhone ? null : () => toggleFull(layout),
  });
  if (!inspected) return null;
  const press = (event: KeyboardEvent) => {
    const isInText = event.target instanceof Element && !event.target.closest(".cm-editor");
    if (event.key === " " && event.ctrlKey && isInText) {
      event.preventDefault();
      goTo("input");
    }
  };
  const columns = {
    input: <InputPanel />,
    middle: <ParametersPanel showAll={showProblems} />,
    output: <OutputPanel />,
  };
  return (
    <InspectedContext value={inspected}>
      <MappingContext value={mapping}>
        <aside
          ref={root}
          aria-label={t("inspector.of", { name: inspected.node.name })}
          onKeyDown={press}
          className="flex h-full min-h-0 flex-col bg-surface"
        >
          <InspectorHeader
            key={nodeId}
            layout={layout}
            onLayout={isPhone ? null : setLayout}
            onClose={onClose}
            onPrevious={previous === undefined ? null : () => onSelectNode(previous)}
            onNext={next === undefined ? null : () => onSelectNode(next)}
          />
          {layout === "side" || isPhone ? (
            <TabbedColumns {...columns} shown={column} onShow={setColumn} />
          ) : (
            <Columns {...columns} />
          )}
        </aside>
      </MappingContext>
    </InspectedContext>
  );
}

function focusColumn(root: HTMLElement | null, side: Side): void {
  const column = root?.querySelector(`[data-column="${side}"]`);
  const row = column?.querySelector<HTMLElement>("[role=treeitem][tabindex='0']");
  (row ?? column?.querySelector<HTMLElement>("[tabindex='0'], button"))?.focus();
}

type ActionsOptions = {
  readonly goTo: (side: Side) => void;
  readonly previous: (() => void) | null;
  readonly next: (() => void) | null;
  /** To the full size and back; null on a phone, where there is no other. */
  readonly resize: (() => void) | null;
};

function useInspectorActions({ goTo, previous, next, resize }: ActionsOptions): void {
  const group = t("inspector.group");
  useActions([
    {
      id: "inspector.input",
      label: t("inspector.goInput"),
      group,
      scope: "page",
      keys: ["alt+i"],
      run: () => goTo("input"),
    },
    {
      id: "inspector.output",
      label: t("inspector.goOutput"),
      group,
      scope: "page",
      keys: ["alt+u"],
      run: () => goTo("output"),
    },
    {
      id: "inspector.previous",
      label: t("inspector.previous"),
      group,
      scope: "page",
      keys: ["alt+arrowleft"],
      when: () => previous !== null,
      run: () => previous?.(),
    },
    {
      id: "inspector.next",
      label: t("inspector.next"),
      group,
      scope: "page",
      keys: ["alt+arrowright"],
      when: () => next !== null,
      run: () => next?.(),
    },
    {
      id: "inspector.full",
      label: t("inspector.layout.full"),
      group,
      scope: "page",
      keys: ["shift+enter"],
      when: () => resize !== null,
      run: () => resize?.(),
    },
  ]);
}
