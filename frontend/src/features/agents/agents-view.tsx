// /app/agents: all agents by layer, as they are doing right now.

import "@/lib/messages/agents";
import { useQuery } from "@tanstack/react-query";
import { Bot, Plus } from "lucide-react";
import { useState } from "react";
import { useLiveList } from "@/api/live-list";
import type { Agent } from "@/api/types";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { groupBy } from "@/lib/group-by";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { SearchField } from "@/ui/search-field";
import { AgentCard } from "./agent-card";
import { NewAgentDialog } from "./new-agent-dialog";
import { mentions } from "./profile";
import { agentsKey, agentsQuery } from "./queries";

/** What a paused agent is given begins nothing, so the socket has nothing to tell of it; nor of counting. */
const PAUSED_MS = 3_000;
const isPaused = ({ state }: Agent): boolean => state === "paused";
const isCounting = ({ figures }: Agent): boolean => figures.is_counting;
const isWatched = (agent: Agent): boolean => isPaused(agent) || isCounting(agent);

export function AgentsView() {
  const [creating, setCreating] = useState(false);
  const [search, setSearch] = useState("");
  const liveMs = useLiveList("runs", agentsKey);
  const query = useQuery({
    ...agentsQuery,
    refetchInterval: ({ state }) => (state.data?.results.some(isWatched) ? PAUSED_MS : liveMs),
  });
  const mayEdit = useCan("agent.edit");
  const agents = query.data?.results ?? [];
  const found = agents.filter((agent) => mentions(agent, search));
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("agents.create")}
    </Button>
  );
  return (
    <Page title={t("nav.agents")} intro={t("agents.intro")} actions={agents.length > 0 && create}>
      <QueryState query={query}>
        {agents.length === 0 ? (
          <EmptyState icon={Bot} title={t("agents.empty")} action={create}>
            {t("agents.emptyText")}
          </EmptyState>
        ) : (
          <>
            <SearchField
              label={t("agents.search")}
              value={search}
              onChange={setSearch}
              className="max-w-80"
            />
            {agents.some(isCounting) && (
              <p role="status" className="text-fg-muted">
                {t("agents.counting")}
              </p>
            )}
            {found.length === 0 && <p className="text-fg-muted">{t("agents.nothingFound")}</p>}
            {[...groupBy(found, ({ layer }) => layer)].map(([layer, members]) => (
              <Layer key={layer} name={layer} agents={members} />
            ))}
          </>
        )}
      </QueryState>
      {creating && <NewAgentDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

type LayerProps = { readonly name: string; readonly agents: readonly Agent[] };

function Layer({ name, agents }: LayerProps) {
  const title = name || t("agents.noLayer");
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-fg-muted">{title}</h2>
      <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        {agents.map((agent) => (
          <li key={agent.id} className="flex">
            <AgentCard agent={agent} />
          </li>
        ))}
      </ul>
    </section>
  );
}
