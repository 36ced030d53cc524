// Which of several approvals could not be decided, and why.

import { TriangleAlert } from "lucide-react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { useBulkFaults } from "./use-bulk";

export function BulkFaults() {
  const faults = useBulkFaults();
  if (faults.length === 0) return null;
  return (
    <section role="alert" className="flex gap-2.5 rounded-panel bg-error-soft px-4 py-3">
      <Icon icon={TriangleAlert} size={18} className="mt-0.5 shrink-0 text-error" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t("inbox.bulkFaults", { count: faults.length })}</p>
        <ul className="list-disc ps-5">
          {faults.map(({ id, title, detail }) => (
            <li key={id} className="wrap-anywhere">
              {title}: <span className="text-fg-muted">{detail}</span>
            </li>
          ))}
        </ul>
      </div>
      <Button size="small" variant="ghost" onClick={() => useBulkFaults.setState([], true)}>
        {t("inbox.dismiss")}
      </Button>
    </section>
  );
}
