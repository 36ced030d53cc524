// Which packages bring nodes, and which could not be loaded and why.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/upgrades";
import "@/lib/messages/variables";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Package } from "lucide-react";
import { pluginsQuery } from "@/api/queries";
import type { Plugin } from "@/api/types";
import { type MessageKey, t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { CopyButton } from "@/ui/copy-button";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { PluginNeeds } from "./plugin-needs";
import { PluginOutdated } from "./plugin-outdated";
import { PluginSwitch } from "./plugin-switch";
import { PluginUses } from "./plugin-uses";
import { PluginWorkers } from "./plugin-workers";
import { SectionHeader } from "./settings-frame";

export function PluginsView() {
  const query = useQuery(pluginsQuery);
  const plugins = (query.data?.results ?? []).toSorted(
    (a, b) => Number(isBroken(b)) - Number(isBroken(a)),
  );
  return (
    <>
      <SectionHeader text={t("plugins.intro")} />
      <QueryState query={query}>
        {plugins.length === 0 && <EmptyState icon={Package} title={t("plugins.empty")} />}
        {query.data && <PluginWorkers workers={query.data.workers} />}
        <ul className="flex flex-col gap-3">
          {plugins.map((plugin) => (
            <PluginCard key={`${plugin.distribution} ${plugin.name}`} plugin={plugin} />
          ))}
        </ul>
      </QueryState>
    </>
  );
}

const isBroken = (plugin: Plugin): boolean => plugin.status === "broken";

function trustKey(plugin: Plugin): MessageKey {
  return `plugins.trust.${plugin.trust}`;
}

function PluginCard({ plugin }: { readonly plugin: Plugin }) {
  const { name, distribution, version, nodes, error } = plugin;
  return (
    <li className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-md">{name}</h2>
        <span className="text-fg-subtle">
          {distribution} {version}
        </span>
        {!isBroken(plugin) ? (
          <Chip tone="success" icon={CircleCheck}>
            {t("plugins.loaded")}
          </Chip>
        ) : (
          <Chip tone="error" icon={CircleX}>
            {t("plugins.broken")}
          </Chip>
        )}
        {!isBroken(plugin) && <Chip>{t(trustKey(plugin))}</Chip>}
        {!isBroken(plugin) && <PluginSwitch plugin={plugin} />}
      </div>
      {!isBroken(plugin) && plugin.trust !== "core" && <PluginNeeds needs={plugin.needs} />}
      <PluginUses plugin={plugin} />
      <PluginOutdated plugin={plugin} />
      {nodes.length > 0 && (
        <details>
          <summary className="cursor-pointer rounded-small text-fg-muted">
            {t("plugins.nodes", { count: nodes.length })}
          </summary>
          <ul className="flex flex-wrap gap-1.5 pt-2">
            {nodes.map((type) => (
              <li key={type} className="rounded-small bg-hover px-1.5 py-0.5 font-code text-xs">
                {type}
              </li>
            ))}
          </ul>
        </details>
      )}
      {error !== null && <Traceback text={error} />}
    </li>
  );
}

function Traceback({ text }: { readonly text: string }) {
  return (
    <details>
      <summary className="cursor-pointer rounded-small text-error">{t("plugins.why")}</summary>
      <pre className="mt-2 max-h-80 overflow-auto rounded-control border border-line bg-sunken p-3 font-code text-xs">
        {text}
      </pre>
      <div className="pt-2">
        <CopyButton text={text} label={t("common.copyDetails")} />
      </div>
    </details>
  );
}
