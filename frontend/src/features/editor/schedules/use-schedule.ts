// What may be done with a schedule; the list is asked for anew afterwards.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { useEditor } from "../store";
import { type Schedule, schedulesKey, schedulesOf } from "./queries";

export function useSchedule({ id }: Schedule) {
  const { workflowId } = useEditor();
  const client = useQueryClient();
  const address = `${schedulesOf(workflowId)}${id}/`;
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: async (wanted: "paused" | "resumed" | "gone") => {
      if (wanted === "gone") await api.delete(address);
      else await api.patch(address, { is_paused: wanted === "paused" });
    },
    onSettled: () => refresh(client, schedulesKey(workflowId)),
    onError: (error) =>
      toast(t("schedules.failed"), { kind: "error", description: messageOf(error) }),
  });
  return {
    isBusy: change.isPending,
    pause: (isPaused: boolean) => change.mutate(isPaused ? "paused" : "resumed"),
    remove: () => change.mutate("gone"),
  };
}
