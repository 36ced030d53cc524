// What people do with React Flow's elements, told to our stores: selecting, dragging, resizing.

import { useCallback, useState } from "react";
import { t } from "@/lib/i18n";
import type { Editor } from "../editor-context";
import { insertOnEdge } from "../model/edit-graph";
import { edgesInto, edgesOutOf } from "../model/graph";
import { groupById, groupCorner, isFolded, movedMembers } from "../model/groups";
import { edgeKey, nodeById, type WorkflowDocument, type XY } from "../model/types";
import { moveElements } from "../operations";
import { groupIdOf, isGroupElement, selectedNodes } from "../selection";
import { edgeUnder } from "./hit";
import { NO_PREVIEW, type Preview } from "./projection";
import type { CanvasNode, OnEdgesChange, OnNodesChange, WireEdge } from "./rf";

type Change = Parameters<OnNodesChange<CanvasNode>>[0][number];

/** A drag stays a preview until it ends; then it is one step of the history. */
export function useCanvasChanges(editor: Editor) {
  const [preview, setPreview] = useState<Preview>(NO_PREVIEW);

  const onNodesChange = useCallback<OnNodesChange<CanvasNode>>(
    (changes) => {
      applySelection(editor, "elements", changes);
      followInInspector(editor);
      if (changes.some(isEndOfResize)) setPreview(NO_PREVIEW);
      const places = placesOf(editor, changes);
      const sizes = sizesOf(changes);
      if (places.size + sizes.size === 0) return;
      const resting = changes.every((change) => !isMoving(change));
      if (!resting || sizes.size > 0) {
        setPreview((before) => ({
          places: new Map([...before.places, ...places]),
          sizes: new Map([...before.sizes, ...sizes]),
        }));
        return;
      }
      setPreview(NO_PREVIEW);
      moveElements(editor, places);
    },
    [editor],
  );

  const onEdgesChange = useCallback<OnEdgesChange<WireEdge>>(
    (changes) => applySelection(editor, "edges", changes),
    [editor],
  );

  /** A lone node dropped on a wire goes into it. */
  const onNodeDragStop = useCallback(
    (
      event: MouseEvent | TouchEvent | React.MouseEvent,
      node: CanvasNode,
      dragged: readonly CanvasNode[],
    ) => {
      if (dragged.length === 1 && node.type === "card") dropOnEdge(editor, node.id, event.target);
    },
    [editor],
  );

  return { preview, onNodesChange, onEdgesChange, onNodeDragStop };
}

const isMoving = (change: Change): boolean =>
  change.type === "position" && change.dragging === true;

const isEndOfResize = (change: Change): boolean =>
  change.type === "dimensions" && change.resizing === false;

/** Where everything goes that moves. A group moves by its members: its frame has no place. */
function placesOf(editor: Editor, changes: readonly Change[]): ReadonlyMap<string, XY> {
  const moved = changes.flatMap((change) =>
    change.type === "position" && change.position
      ? [[change.id, [change.position.x, change.position.y] as XY] as const]
      : [],
  );
  const members = moved
    .filter(([id]) => isGroupElement(id))
    .flatMap(([id, place]) => [...placesOfMembers(editor, groupIdOf(id), place)]);
  return new Map([...members, ...moved.filter(([id]) => !isGroupElement(id))]);
}

function placesOfMembers(editor: Editor, id: string, [x, y]: XY): ReadonlyMap<string, XY> {
  const { document } = editor.docStore.getState();
  const group = groupById(document, id);
  if (!group) return new Map();
  const [left, top] = groupCorner(document, group, isFolded(group, editor.ui.getState().folds));
  return movedMembers(document, group, [x - left, y - top]);
}

/** Only what a person resizes: measurements of the library are no business of ours. */
function sizesOf(changes: readonly Change[]): ReadonlyMap<string, XY> {
  return new Map(
    changes.flatMap((change) =>
      change.type === "dimensions" && change.resizing && change.dimensions
        ? [[change.id, [change.dimensions.width, change.dimensions.height] as XY] as const]
        : [],
    ),
  );
}

type SelectChange = { readonly type: string; readonly id?: string; readonly selected?: boolean };

function applySelection(
  editor: Editor,
  kind: "elements" | "edges",
  changes: readonly SelectChange[],
): void {
  const selecting = changes.filter(({ type }) => type === "select");
  if (selecting.length === 0) return;
  const next = new Set(editor.selection.getState()[kind]);
  const { document } = editor.docStore.getState();
  for (const { id = "", selected } of selecting) {
    for (const element of withMembers(document, id)) {
      if (selected) next.add(element);
      else next.delete(element);
    }
  }
  editor.selection.setState({ [kind]: next });
}

/** A group is selected with its members, so that whatever is done to nodes is done to them. */
function withMembers(document: WorkflowDocument, id: string): readonly string[] {
  return isGroupElement(id) ? [...(groupById(document, groupIdOf(id))?.nodes ?? []), id] : [id];
}

/** An open inspector goes along to the one node that was selected. */
function followInInspector(editor: Editor): void {
  const [only, ...others] = selectedNodes(editor.selection.getState());
  if (only === undefined || others.length > 0) return;
  editor.ui.setState(({ inspecting }) => (inspecting === null ? {} : { inspecting: only }));
}

function dropOnEdge(editor: Editor, id: string, target: EventTarget | null): void {
  const { document } = editor.docStore.getState();
  const node = nodeById(document, id);
  const isLoose = edgesInto(document, id).length + edgesOutOf(document, id).length === 0;
  const card = target instanceof Element ? target.closest("[data-node]") : null;
  if (!node || !isLoose || !card) return;
  const { left, top, width, height } = card.getBoundingClientRect();
  const key = edgeUnder(left + width / 2, top + height / 2);
  const edge = document.edges.find((candidate) => edgeKey(candidate) === key);
  if (!edge) return;
  editor.commit(t("editor.step.insert", { name: node.name }), (before) =>
    insertOnEdge(before, editor.catalog.byType, node, edge),
  );
}
