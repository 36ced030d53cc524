// A new agent by a form: the server draws its workflow, which can be opened and changed on the canvas.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { modelsQuery } from "@/api/model-queries";
import type { Agent, NewAgentValues } from "@/api/types";
import { t } from "@/lib/i18n";
import { Select } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { Textarea } from "@/ui/textarea";
import { AgentDialog } from "./agent-dialog";
import { EMPTY, profileOf } from "./profile";
import { NameField, ProfileFields } from "./profile-fields";

const AUTO = "auto";
/** Needs no key: an agent can be tried where no model is set up. */
const OFFLINE = "offline";

export function NewAgentDialog({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState(EMPTY);
  const [made, setMade] = useState({ instructions: "", model: AUTO, publish: true });
  const { data: models } = useQuery(modelsQuery);
  const names = (models ?? []).map(({ name }) => ({ value: name, label: name }));
  const values: NewAgentValues = { ...profileOf(typed), ...made };
  return (
    <AgentDialog
      title={t("agents.create")}
      description={t("agents.createText")}
      submitLabel={t("agents.create")}
      send={() => api.post<Agent>("agents/", values)}
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
            <Textarea
              label={t("agents.instructions")}
              help={t("agents.instructionsHelp")}
              rows={4}
              value={made.instructions}
              onChange={(event) => setMade({ ...made, instructions: event.target.value })}
              error={errors["instructions"]}
            />
            <Select
              label={t("agents.model")}
              value={made.model}
              options={[
                { value: AUTO, label: t("agents.modelAuto") },
                ...names,
                { value: OFFLINE, label: t("agents.modelOffline") },
              ]}
              onChange={(model) => setMade({ ...made, model })}
              error={errors["model"]}
            />
            <ProfileFields {...fields} />
            <Switch
              label={t("agents.publish")}
              checked={made.publish}
              onChange={(publish) => setMade({ ...made, publish })}
            />
          </>
        );
      }}
    </AgentDialog>
  );
}
