// Which workflows would fail without a package.

import { Link } from "@tanstack/react-router";
import type { Plugin } from "@/api/types";
import { t } from "@/lib/i18n";

export function PluginUses({ plugin }: { readonly plugin: Plugin }) {
  const { used_by } = plugin;
  if (used_by.length === 0) {
    return null;
  }
  return (
    <details>
      <summary className="cursor-pointer rounded-small text-fg-muted">
        {t("plugins.usedBy", { count: used_by.length })}
      </summary>
      <ul className="flex flex-col gap-1 pt-2">
        {used_by.map(({ id, name }) => (
          <li key={id}>
            <Link
              to="/w/$workflowId"
              params={{ workflowId: id }}
              className="rounded-small text-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
