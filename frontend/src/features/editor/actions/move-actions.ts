// Walking along the graph, moving nodes by steps, selecting, opening, closing.

import { Settings2 } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Camera } from "../canvas/rf";
import type { Editor } from "../editor-context";
import { focusNode } from "../focus";
import { focusGroup, openFocusedGroup } from "../group-operations";
import { connectMode } from "../keyboard-connect";
import { ancestorsOf, descendantsOf } from "../model/graph";
import { groupsOf } from "../model/groups";
import { nodeById, type XY } from "../model/types";
import type { Direction } from "../model/walk";
import { currentNode, focusCurrent, inspect, nodesInQuestion, nudge } from "../operations";
import {
  clearSelection,
  groupElement,
  groupIdOf,
  isGroupElement,
  noteElement,
  select,
} from "../selection";
import { nextElement } from "../walking";
import { canEdit } from "./can-edit";

const ARROWS: readonly (readonly [Direction, XY])[] = [
  ["left", [-1, 0]],
  ["right", [1, 0]],
  ["up", [0, -1]],
  ["down", [0, 1]],
];
const BIG_STEP = 5;

export function moveActions(editor: Editor, camera: Camera): readonly Action[] {
  const group = t("editor.group.move");
  const base = { group, scope: "canvas" } as const;
  const steps = ARROWS.flatMap(([direction, [x, y]]): Action[] => {
    const name = t(`editor.direction.${direction}`);
    const key = `arrow${direction}`;
    const label = t("editor.walk", { direction: name });
    const moved = t("editor.nudge", { direction: name });
    return [
      {
        ...base,
        id: `editor.walk.${direction}`,
        label,
        keys: [key],
        keysOnly: true,
        run: () => walk(editor, camera, direction),
      },
      {
        ...base,
        id: `editor.nudge.${direction}`,
        label: moved,
        keys: [`alt+${key}`],
        keysOnly: true,
        when: canEdit(editor),
        run: () => nudge(editor, [x, y]),
      },
      {
        ...base,
        id: `editor.nudgeFar.${direction}`,
        label: moved,
        keys: [`alt+shift+${key}`],
        keysOnly: true,
        when: canEdit(editor),
        run: () => nudge(editor, [x * BIG_STEP, y * BIG_STEP]),
      },
    ];
  });
  const along = (related: typeof ancestorsOf) => () => {
    const { document } = editor.docStore.getState();
    const ids = nodesInQuestion(editor);
    select(editor.selection, [...new Set([...ids.flatMap((id) => related(document, id)), ...ids])]);
  };
  const open = () => {
    if (connectMode.confirm(editor)) return;
    if (openFocusedGroup(editor)) return;
    const node = currentNode(editor);
    if (node) inspect(editor, node.id);
  };
  const pick = () => {
    const { focused } = editor.selection.getState();
    if (focused !== null) select(editor.selection, [focused]);
  };
  const all = () => {
    const { document } = editor.docStore.getState();
    const { nodes, notes = [] } = document;
    select(editor.selection, [
      ...groupsOf(document).map(({ id }) => groupElement(id)),
      ...notes.map(({ id }) => noteElement(id)),
      ...nodes.map(({ id }) => id),
    ]);
  };
  return [
    ...steps,
    {
      ...base,
      id: "editor.inspect",
      label: t("editor.open"),
      icon: Settings2,
      keys: ["enter"],
      run: open,
    },
    {
      ...base,
      id: "editor.pick",
      label: t("editor.selectFocused"),
      keys: ["space"],
      keysOnly: true,
      run: pick,
    },
    { ...base, id: "editor.selectAll", label: t("editor.selectAll"), keys: ["mod+a"], run: all },
    {
      ...base,
      id: "editor.selectUpstream",
      label: t("editor.selectUpstream"),
      keys: ["shift+arrowleft"],
      run: along(ancestorsOf),
    },
    {
      ...base,
      id: "editor.selectDownstream",
      label: t("editor.selectDownstream"),
      keys: ["shift+arrowright"],
      run: along(descendantsOf),
    },
    {
      ...base,
      id: "editor.escape",
      label: t("editor.escape"),
      keys: ["escape"],
      scope: "page",
      keysOnly: true,
      run: () => closeInnermost(editor),
    },
  ];
}

function walk(editor: Editor, camera: Camera, direction: Direction): void {
  const next = nextElement(editor, direction);
  if (next === null) return;
  if (isGroupElement(next)) focusGroup(editor, groupIdOf(next));
  const node = nodeById(editor.docStore.getState().document, next);
  if (!node) return;
  select(editor.selection, [node.id]);
  if (editor.ui.getState().inspecting !== null) editor.ui.setState({ inspecting: node.id });
  camera.reveal(node.position, [232, 92]);
  focusNode(node.id);
}

/** Ends what is going on, innermost first: a wire, the inspector, the selection. */
function closeInnermost(editor: Editor): void {
  if (connectMode.cancel(editor)) return;
  const { inspecting, logs } = editor.ui.getState();
  const { elements, edges } = editor.selection.getState();
  if (inspecting !== null) editor.ui.setState({ inspecting: null });
  else if (logs) editor.ui.setState({ logs: false });
  else if (elements.size + edges.size > 0) clearSelection(editor.selection);
  focusCurrent(editor);
}
