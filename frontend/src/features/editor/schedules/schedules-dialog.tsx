// When the workflow runs by time, and what was added to that by whom: paused, resumed and deleted here.

import "@/lib/messages/schedules";
import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { workflowQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { useDocumentState, useEditor } from "../store";
import { followed, type Schedule, schedulesQuery } from "./queries";
import { ScheduleCard } from "./schedule-card";

export function SchedulesDialog({ onClose }: { readonly onClose: () => void }) {
  const { workflowId } = useEditor();
  const revision = useDocumentState((state) => state.saved.revision);
  const { data: workflow } = useQuery(workflowQuery(workflowId));
  const query = useQuery({
    ...schedulesQuery(workflowId, revision, workflow?.published_version ?? null),
    ...followed,
  });
  const found = query.data?.results ?? [];
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("schedules.title")}
      description={t("schedules.hint")}
      width="large"
    >
      <QueryState query={query} rows={3}>
        {found.length === 0 ? (
          <EmptyState icon={CalendarClock} title={t("schedules.empty")}>
            {t("schedules.emptyText")}
          </EmptyState>
        ) : (
          <ul aria-label={t("schedules.title")} className="flex flex-col gap-2 pb-4">
            {found.map((schedule) => (
              <ScheduleCard key={keyOf(schedule)} schedule={schedule} onLeave={onClose} />
            ))}
          </ul>
        )}
      </QueryState>
    </Dialog>
  );
}

/** Those of the draft have no id yet. */
function keyOf({ id, node, cron, every_s }: Schedule): string {
  return id ?? `${node} ${cron.join()} ${every_s}`;
}
