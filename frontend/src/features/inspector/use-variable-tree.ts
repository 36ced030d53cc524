// The tenant's variables, as data that expressions can name.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { variablesQuery } from "@/api/queries";
import type { DataNode } from "./model/data-tree";

export function useVariableTree(): readonly DataNode[] {
  const { data } = useQuery(variablesQuery);
  return useMemo(
    () =>
      (data ?? []).map(
        ({ name, value }): DataNode => ({
          key: name,
          path: ["$vars", name],
          type: "text",
          value,
          children: [],
        }),
      ),
    [data],
  );
}
