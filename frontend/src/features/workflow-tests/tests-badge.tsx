// How the tests of the open workflow stand, in its top bar. Absent where there are none.

import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX, FlaskConical } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { useTests } from "./use-tests";

export function TestsBadge({ workflowId }: { readonly workflowId: string }) {
  const { tally } = useTests(workflowId);
  if (tally.all === 0) return null;
  const isKnown = tally.passed + tally.failed > 0;
  const tone = !isKnown ? "neutral" : tally.failed > 0 ? "error" : "success";
  const icon = !isKnown ? FlaskConical : tally.failed > 0 ? CircleX : CircleCheck;
  const label = isKnown
    ? t("tests.tally", { passed: tally.passed, all: tally.all })
    : t("tests.count", { count: tally.all });
  return (
    <Link
      to="/w/$workflowId/tests"
      params={{ workflowId }}
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex min-h-touch items-center gap-1 rounded-small px-1.5 text-xs font-medium hover:bg-hover max-sm:hidden",
        toneText[tone],
      )}
    >
      <Icon icon={icon} size={14} />
      {isKnown ? `${tally.passed}/${tally.all}` : tally.all}
    </Link>
  );
}
