// Says that a node could not list its options, and why: a server that is down, a credential that is missing.

import { messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";

export function OptionsFault({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <p role="status" className="mt-1 text-xs text-warn wrap-anywhere">
      {t("inspector.options.failed", { why: messageOf(error) })}
    </p>
  );
}
