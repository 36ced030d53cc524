// The conversation of an agent in place of its data, and the switch between the two.

import "@/lib/messages/agents";
import type { JsonObject } from "@/api/types";
import { t } from "@/lib/i18n";
import { deferred } from "@/ui/deferred";
import { Segmented } from "@/ui/segmented";
import { isObject } from "../model/json";

export const Conversation = deferred(() =>
  import("./conversation").then((module) => module.Conversation),
);

export type AgentView = "conversation" | "data";

/** What an agent says of its work on an item; null where the item is none of an agent's. */
export function agentOf(json: JsonObject | undefined): JsonObject | null {
  const agent = json?.["agent"];
  return isObject(agent) && Array.isArray(agent["steps"]) ? agent : null;
}

type Props = { readonly value: AgentView; readonly onChange: (next: AgentView) => void };

export function AgentTabs({ value, onChange }: Props) {
  return (
    <div className="border-b border-line px-3 py-1.5">
      <Segmented
        label={t("agents.view")}
        size="small"
        value={value}
        segments={[
          { value: "conversation", label: t("agents.view.conversation") },
          { value: "data", label: t("agents.view.data") },
        ]}
        onChange={onChange}
      />
    </div>
  );
}
