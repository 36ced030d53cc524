// How the tests of the open workflow stand, in its top bar. Absent where there are none.

import "@/lib/messages/people";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX, FlaskConical } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import type { Tally } from "./model/tally";
import { useTests } from "./use-tests";

type Props = {
  readonly workflowId: string;
  /** In words instead of figures. */
  readonly isLong?: boolean;
};

export function TestsBadge({ workflowId, isLong = false }: Props) {
  const { tally } = useTests(workflowId);
  if (tally.all === 0) return null;
  const { tone, icon, label, figures } = lookOf(tally);
  return (
    <Link
      to="/w/$workflowId/tests"
      params={{ workflowId }}
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex min-h-touch items-center gap-1 rounded-small px-1.5 text-xs font-medium hover:bg-hover",
        isLong ? "self-start" : "max-sm:hidden",
        toneText[tone],
      )}
    >
      <Icon icon={icon} size={14} />
      {isLong ? label : figures}
    </Link>
  );
}

function lookOf({ all, passed, failed }: Tally) {
  if (passed + failed === 0) {
    const label = t("tests.count", { count: all });
    return { tone: "neutral", icon: FlaskConical, label, figures: String(all) } as const;
  }
  const label = t("tests.tally", { passed, all });
  const figures = `${passed}/${all}`;
  return failed > 0
    ? ({ tone: "error", icon: CircleX, label, figures } as const)
    : ({ tone: "success", icon: CircleCheck, label, figures } as const);
}
