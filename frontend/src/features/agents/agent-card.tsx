// One agent: what it is for, whether it works, what it has to do, how it did and what that cost.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CirclePause, Pause, Play } from "lucide-react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import type { Agent } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { statusLook } from "@/lib/status";
import { Button } from "@/ui/button";
import { Chip, toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { AgentMenu } from "./agent-menu";
import { agentsKey, spentQuery } from "./queries";

const NOTHING = "–";

export function AgentCard({ agent }: { readonly agent: Agent }) {
  const { id, name, description, skills, state } = agent;
  return (
    <article
      aria-label={name}
      className="flex min-w-0 flex-1 flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <header className="flex items-center justify-between gap-2">
        <h3 className="min-w-0 text-base font-semibold wrap-anywhere">
          <Link
            to="/w/$workflowId"
            params={{ workflowId: id }}
            className="rounded-small hover:text-accent hover:underline"
          >
            {name}
          </Link>
        </h3>
        <div className="flex items-center gap-1">
          <Chip
            tone={state === "paused" ? "human" : "success"}
            icon={state === "paused" ? CirclePause : CircleCheck}
          >
            {t(`agents.state.${state}`)}
          </Chip>
          <AgentMenu agent={agent} />
        </div>
      </header>
      {description && <p className="line-clamp-2 wrap-anywhere text-fg-muted">{description}</p>}
      {skills.length > 0 && (
        <ul aria-label={t("agents.skills")} className="flex flex-wrap gap-1">
          {skills.map((skill) => (
            <li key={skill}>
              <Chip>{skill}</Chip>
            </li>
          ))}
        </ul>
      )}
      <Figures agent={agent} />
      <footer className="mt-auto flex items-center justify-between gap-2 border-t border-line pt-3">
        <LastRuns agent={agent} />
        <PauseButton agent={agent} />
      </footer>
    </article>
  );
}

function Figures({ agent: { id, figures, version } }: { readonly agent: Agent }) {
  const { data: spent } = useQuery(spentQuery);
  const { queued, running, waiting, success_rate, p50_ms, p95_ms, cost_micro } = figures;
  const duration = (ms: number | null) => (ms === null ? NOTHING : formatDuration(ms));
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t("agents.running"), formatNumber(running)],
    [t("agents.queued"), formatNumber(queued)],
    [t("agents.waiting"), formatNumber(waiting)],
    [t("agents.success"), success_rate === null ? NOTHING : formatPercent(success_rate)],
    [t("agents.durations"), `${duration(p50_ms)} / ${duration(p95_ms)}`],
    [t("agents.cost"), formatMoney(cost_micro)],
  ];
  return (
    <>
      {spent?.has(id) && <p className="text-xs text-error">{t("agents.spent")}</p>}
      {version === null && <p className="text-xs text-warn">{t("agents.unpublished")}</p>}
      <dl className="grid grid-cols-3 gap-x-3 gap-y-2 max-sm:grid-cols-2">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="truncate text-xs text-fg-subtle">{label}</dt>
            <dd className="font-medium tabular-nums wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function LastRuns({ agent: { last } }: { readonly agent: Agent }) {
  if (last.length === 0)
    return <span className="text-xs text-fg-subtle">{t("agents.noRuns")}</span>;
  return (
    <ul aria-label={t("agents.lastRuns")} className="flex min-w-0 flex-wrap items-center">
      {last.map(({ id, number, status }) => {
        const { icon, label, tone } = statusLook(status);
        const text = t("agents.run", { number: formatNumber(number), status: label });
        return (
          <li key={id}>
            <Link
              to="/runs/$executionId"
              params={{ executionId: id }}
              aria-label={text}
              title={text}
              className={`flex size-6 items-center justify-center rounded-small hover:bg-hover ${toneText[tone]}`}
            >
              <Icon icon={icon} size={14} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function PauseButton({ agent: { id, name, state } }: { readonly agent: Agent }) {
  const client = useQueryClient();
  const mayEdit = useCan("agent.edit");
  const verb = state === "paused" ? "enable" : "pause";
  const change = useMutation({
    mutationFn: () => api.post(`agents/${id}/${verb}/`),
    onSettled: () => refresh(client, agentsKey),
  });
  if (!mayEdit) return null;
  return (
    <Button
      icon={verb === "pause" ? Pause : Play}
      busy={change.isPending}
      aria-label={t(`agents.${verb}This`, { name })}
      onClick={() => change.mutate()}
    >
      {t(`agents.${verb}`)}
    </Button>
  );
}
