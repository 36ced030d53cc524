// In place of data that is not there: the button that runs up to the node it would come from.

import { ArrowRightToLine } from "lucide-react";
import { isAttached, nodeById, useDocument } from "@/features/editor";
import { useRunSummary } from "@/features/runs";
import { t } from "@/lib/i18n";
import { isUnfinished } from "@/lib/status";
import { Button } from "@/ui/button";
import { useInspected } from "../inspector-context";

/** Nothing where it may not run, is running already, or what gives the data does not run by itself. */
export function RunToSee({ node }: { readonly node: string }) {
  const { runTo } = useInspected();
  const run = useRunSummary();
  const runsAlone = useDocument(
    (document) => !isAttached(document, node) && !nodeById(document, node)?.disabled,
  );
  if (!runTo || !runsAlone || (run && isUnfinished(run.status))) return null;
  return (
    <Button size="small" icon={ArrowRightToLine} onClick={() => runTo(node)}>
      {t("inspector.data.runToSee")}
    </Button>
  );
}
