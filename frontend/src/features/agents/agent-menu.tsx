// What can be done to an agent beside pausing it: change what is said of it, take it off the board.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil, Unplug } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import type { Agent } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { EditAgentDialog } from "./edit-agent-dialog";
import { agentsKey } from "./queries";

export function AgentMenu({ agent }: { readonly agent: Agent }) {
  const { id, name } = agent;
  const client = useQueryClient();
  const mayEdit = useCan("agent.edit");
  const [asks, setAsks] = useState<"edit" | "remove" | null>(null);
  const close = () => setAsks(null);
  const removing = useMutation({
    mutationFn: () => api.delete<void>(`agents/${id}/`),
    onSuccess: close,
    onSettled: () => refresh(client, agentsKey),
  });
  if (!mayEdit) return null;
  const label = t("agents.menu", { name });
  return (
    <>
      <Menu
        label={label}
        align="end"
        trigger={<IconButton icon={Ellipsis} size="small" label={label} />}
        entries={[
          {
            id: "edit",
            label: t("agents.edit"),
            icon: Pencil,
            onSelect: () => setAsks("edit"),
          },
          {
            id: "remove",
            label: t("agents.remove"),
            icon: Unplug,
            danger: true,
            onSelect: () => setAsks("remove"),
          },
        ]}
      />
      {asks === "edit" && <EditAgentDialog agent={agent} onClose={close} />}
      <ConfirmDialog
        open={asks === "remove"}
        onOpenChange={close}
        title={t("agents.removeTitle", { name })}
        description={t("agents.removeText")}
        confirmLabel={t("agents.remove")}
        danger
        onConfirm={() => removing.mutate()}
      />
    </>
  );
}
