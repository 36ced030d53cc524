// Opens the times at which the workflow runs, where there are any.

import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import type { Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { useDocument, useDocumentState, useEditor } from "../store";
import { schedulesQuery } from "./queries";

const SCHEDULE = "triggers.schedule";

export function SchedulesButton({ workflow }: { readonly workflow: Workflow }) {
  const { ui } = useEditor();
  const revision = useDocumentState((state) => state.saved.revision);
  const isDrawn = useDocument(({ nodes }) =>
    nodes.some(({ type, disabled }) => type === SCHEDULE && !disabled),
  );
  const { data } = useQuery({
    ...schedulesQuery(workflow.id, revision, workflow.published_version),
    enabled: !isDrawn && workflow.published_version !== null,
  });
  if (!isDrawn && !data?.results.length) return null;
  return (
    <IconButton
      icon={CalendarClock}
      label={t("editor.schedules")}
      onClick={() => ui.setState({ dialog: "schedules" })}
    />
  );
}
