// What is said of an agent, changed by a form. Its prompt and tools are its workflow's, on the canvas.

import { useState } from "react";
import { api } from "@/api/client";
import type { Agent } from "@/api/types";
import { t } from "@/lib/i18n";
import { AgentDialog } from "./agent-dialog";
import { profileOf, typedOf } from "./profile";
import { NameField, ProfileFields } from "./profile-fields";

type Props = { readonly agent: Agent; readonly onClose: () => void };

export function EditAgentDialog({ agent, onClose }: Props) {
  const [typed, setTyped] = useState(() => typedOf(agent));
  return (
    <AgentDialog
      title={t("agents.editThis", { name: agent.name })}
      description={t("agents.editText")}
      submitLabel={t("common.save")}
      send={() => api.put<Agent>(`agents/${agent.id}/`, profileOf(typed))}
      onClose={onClose}
    >
      {(errors) => {
        const fields = {
          typed,
          errors,
          onChange: (part: Partial<typeof typed>) => setTyped({ ...typed, ...part }),
        };
        return (
          <>
            <NameField {...fields} />
            <ProfileFields {...fields} />
          </>
        );
      }}
    </AgentDialog>
  );
}
