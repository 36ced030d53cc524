// Warns where workers have other nodes than the server: then it depends on luck what runs.

import { TriangleAlert } from "lucide-react";
import type { PluginWorkers as Workers } from "@/api/types";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";

export function PluginWorkers({ workers }: { readonly workers: Workers }) {
  const { different, left } = workers;
  if (different === 0 && left === 0) return null;
  return (
    <div
      role="status"
      className="mb-3 flex gap-3 rounded-panel border border-warn-fill/50 bg-warn-soft p-4 text-warn"
    >
      <Icon icon={TriangleAlert} size={18} className="mt-0.5 shrink-0" />
      <div className="flex flex-col gap-1">
        {different > 0 && (
          <>
            <p className="font-medium">{t("plugins.workers.different", { count: different })}</p>
            <p className="text-fg-muted">{t("plugins.workers.different.help")}</p>
          </>
        )}
        {left > 0 && <p className="text-fg">{t("plugins.workers.left", { count: left })}</p>}
      </div>
    </div>
  );
}
