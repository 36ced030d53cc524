// Nodes that an older version of a package wrote, and what would become of each.

import "@/lib/messages/upgrades";
import { Link } from "@tanstack/react-router";
import type { OutdatedNode, Plugin } from "@/api/types";
import { ParameterChanges } from "@/features/upgrades";
import { t } from "@/lib/i18n";

export function PluginOutdated({ plugin }: { readonly plugin: Plugin }) {
  const { outdated } = plugin;
  if (outdated.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer rounded-small text-warn">
        {t("upgrades.used", { count: outdated.length })}
      </summary>
      <ul className="flex flex-col gap-3 pt-2">
        {outdated.map((one) => (
          <Outdated key={`${one.workflow.id} ${one.node}`} outdated={one} />
        ))}
      </ul>
    </details>
  );
}

function Outdated({ outdated }: { readonly outdated: OutdatedNode }) {
  const { workflow, node, name, upgrade } = outdated;
  const [from, to] = [String(upgrade.from_version), String(upgrade.to_version)];
  return (
    <li className="flex flex-col gap-1 rounded-control border border-line p-3">
      <p className="flex flex-wrap gap-x-2">
        <Link
          to="/w/$workflowId"
          params={{ workflowId: workflow.id }}
          search={{ node }}
          className="rounded-small text-accent"
        >
          {workflow.name}
        </Link>
        <span>{t("upgrades.versions", { node: name || upgrade.type, from, to })}</span>
      </p>
      <ParameterChanges upgrade={upgrade} />
    </li>
  );
}
