// Calls of a test that had no recording, or one for other items.

import { TriangleAlert } from "lucide-react";
import type { UnrecordedCall } from "@/api/types";
import { turnLabel } from "@/features/runs";
import { t } from "@/lib/i18n";

export function UnrecordedCalls({ calls }: { readonly calls: readonly UnrecordedCall[] }) {
  if (calls.length === 0) return null;
  return (
    <ul aria-label={t("tests.unrecorded")} className="border-t border-line px-4 py-2 text-xs">
      {calls.map(({ node, name, run, message }) => (
        <li key={`${node} ${run}`} className="flex items-start gap-2 py-0.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
          <span>
            <b className="font-medium">
              {run === "0"
                ? name
                : `${name} · ${t("inspector.turn.label", { turn: turnLabel(run) })}`}
            </b>{" "}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
