// A node that an older version of its type wrote: what an upgrade would change, before it is done.

import "@/lib/messages/upgrades";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { ArrowUpCircle } from "lucide-react";
import { api } from "@/api/client";
import type { JsonObject, NodeSpec, Upgrade, WorkflowNode } from "@/api/types";
import { upgradeNode, useCommit, useDocumentState } from "@/features/editor";
import { ParameterChanges } from "@/features/upgrades";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { QueryState } from "@/ui/query-state";
import { useInspected } from "./inspector-context";

const upgradeQuery = ({ type, version, params }: WorkflowNode) =>
  queryOptions({
    queryKey: ["upgrade", type, version, params],
    queryFn: () =>
      api.post<Upgrade>(`nodes/${encodeURIComponent(type)}/upgrade/`, { version, params }),
  });

/** The form that is installed is not the one that this node was filled in by. */
export const isOutdated = (node: WorkflowNode, spec: NodeSpec): boolean =>
  node.version < spec.version;

export function Outdated({ spec }: { readonly spec: NodeSpec }) {
  const { node } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  const query = useQuery(upgradeQuery(node));
  const upgrade = query.data;
  const version = String(spec.version);
  const apply = (params: JsonObject) =>
    commit(t("upgrades.step", { name: node.name }), (document) =>
      upgradeNode(document, node.id, spec.version, params),
    );
  const title = t("upgrades.title", { from: String(node.version), to: version });
  return (
    <section
      aria-label={title}
      className="mb-4 flex flex-col gap-2 rounded-control border border-warn p-3"
    >
      <h3 className="text-base font-medium">{title}</h3>
      <p className="text-fg-muted">{t("upgrades.help", { version })}</p>
      <QueryState query={query} rows={2}>
        {upgrade && <ParameterChanges upgrade={upgrade} />}
        {upgrade && !readOnly && (
          <Button
            icon={ArrowUpCircle}
            className="self-start"
            onClick={() => apply(upgrade.params ?? {})}
          >
            {t("upgrades.apply", { version })}
          </Button>
        )}
      </QueryState>
    </section>
  );
}
