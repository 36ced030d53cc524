// Workflows as cards.

import type { WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { TagChips } from "./tag-chips";
import { LastRun, triggerNames, Updated, WorkflowLink, WorkflowState } from "./workflow-facts";
import { WorkflowMenu } from "./workflow-menu";

export function WorkflowGrid({ rows }: { readonly rows: readonly WorkflowRow[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-3">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex min-w-0 flex-col gap-3 rounded-panel border border-line bg-surface p-4"
        >
          <div className="flex items-start justify-between gap-2">
            <div className="flex min-w-0 flex-col gap-0.5 text-md">
              <WorkflowLink row={row} />
              <span className="text-xs text-fg-muted">
                {t("workflows.contents", { triggers: triggerNames(row), count: row.node_count })}
              </span>
            </div>
            <div className="-me-2 -mt-1.5">
              <WorkflowMenu row={row} />
            </div>
          </div>
          <TagChips row={row} />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <WorkflowState row={row} />
            <LastRun row={row} />
          </div>
          <div className="border-t border-line pt-2.5 text-xs">
            <Updated row={row} />
          </div>
        </li>
      ))}
    </ul>
  );
}
