// What a package declared to reach, shown before anybody relies on it.

import type { PluginNeeds as Needs } from "@/api/types";
import { t } from "@/lib/i18n";

export function PluginNeeds({ needs }: { readonly needs: Needs }) {
  const lines = wordsOf(needs);
  return (
    <div className="flex flex-wrap gap-x-3 gap-y-1 text-fg-muted">
      <span>{t("plugins.needs")}:</span>
      <ul className="flex min-w-0 flex-wrap gap-x-3 gap-y-1">
        {lines.map((line) => (
          <li key={line} className="break-all text-fg">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

function wordsOf({ hosts, credentials, files, processes, tables }: Needs): readonly string[] {
  const lines: string[] = [];
  if (hosts.includes("*")) {
    lines.push(t("plugins.needs.anyHost"));
  } else if (hosts.length > 0) {
    lines.push(t("plugins.needs.hosts", { hosts: hosts.join(", ") }));
  }
  if (credentials.length > 0) {
    lines.push(t("plugins.needs.credentials", { types: credentials.join(", ") }));
  }
  if (files) {
    lines.push(t("plugins.needs.files"));
  }
  if (tables) {
    lines.push(t("plugins.needs.tables"));
  }
  if (processes.length > 0) {
    lines.push(t("plugins.needs.processes", { programs: processes.join(", ") }));
  }
  return lines.length > 0 ? lines : [t("plugins.needs.nothing")];
}
