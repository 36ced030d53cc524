// Into the workflow that a node calls (Ctrl+↓, or a double click on its tile) and out again (Ctrl+↑).

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Editor } from "./editor-context";
import { calledBy, type Level, levelsIn, wayOf } from "./model/drill";
import { nodeById } from "./model/types";

const route = getRouteApi("/shell/w/$workflowId");

export function useWayIn(): readonly Level[] {
  const { way } = route.useSearch();
  return useMemo(() => levelsIn(way), [way]);
}

export type Drill = {
  readonly into: (node: string) => void;
  readonly out: () => void;
  readonly canGoInto: (node: string | undefined) => boolean;
  readonly canGoOut: () => boolean;
};

export function useDrill(editor: Editor): Drill {
  const navigate = useNavigate();
  const levels = useWayIn();
  const { docStore, workflowId } = editor;
  const called = useCallback(
    (node: string | undefined) =>
      node === undefined ? null : calledBy(nodeById(docStore.getState().document, node)),
    [docStore],
  );
  return {
    into: (node) => {
      const workflow = called(node);
      if (workflow === null) return;
      const way = wayOf([...levels, { workflow: workflowId, node }]);
      void navigate({ to: "/w/$workflowId", params: { workflowId: workflow }, search: { way } });
    },
    out: () => {
      const last = levels.at(-1);
      if (!last) return;
      const way = wayOf(levels.slice(0, -1));
      const search = { node: last.node, ...(way === "" ? {} : { way }) };
      void navigate({ to: "/w/$workflowId", params: { workflowId: last.workflow }, search });
    },
    canGoInto: (node) => called(node) !== null,
    canGoOut: () => levels.length > 0,
  };
}
