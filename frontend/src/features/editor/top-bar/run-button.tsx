// Run, from a trigger of one's choice; while a run goes, Stop.

import { ChevronDown, Play, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { canStop, useRunSummary, type WorkflowRuns } from "@/features/runs";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { Tooltip } from "@/ui/tooltip";
import { useDocument, useEditor } from "../store";

const TICK_MS = 1_000;

export function RunButton({ runs }: { readonly runs: WorkflowRuns }) {
  const { catalog } = useEditor();
  const nodes = useDocument((document) => document.nodes);
  const summary = useRunSummary();
  if (summary && canStop(summary.status)) {
    return (
      <Button onClick={runs.stop} busy={runs.isStopping} className="tabular-nums">
        <Square aria-hidden size={13} className="fill-error-solid text-error-solid" />
        {t("editor.stop")}
        <Elapsed since={summary.startedAtMs} />
      </Button>
    );
  }
  const triggers = nodes.filter(
    (node) => !node.disabled && catalog.byType(node.type)?.kind === "trigger",
  );
  return (
    <div className="flex">
      <Tooltip text={t("editor.runHint")} keys="mod+enter">
        <Button
          icon={Play}
          busy={runs.isStarting}
          disabled={nodes.length === 0}
          onClick={() => runs.start()}
          className={triggers.length > 1 ? "rounded-e-none" : undefined}
        >
          {t("editor.run")}
        </Button>
      </Tooltip>
      {triggers.length > 1 && (
        <Menu
          label={t("editor.runFrom")}
          align="end"
          trigger={
            <IconButton
              icon={ChevronDown}
              label={t("editor.runFrom")}
              variant="outline"
              className="rounded-s-none border-s-0"
            />
          }
          entries={triggers.map(({ id, name }) => ({
            id,
            label: name,
            onSelect: () => runs.start({ trigger: id }),
          }))}
        />
      )}
    </div>
  );
}

/** How long the run has been going; the server's start against this device's clock. */
function Elapsed({ since }: { readonly since: number | null }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (since === null) return null;
  const seconds = Math.max(0, Math.floor((now - since) / TICK_MS));
  return <span className="text-fg-muted">{formatDuration(seconds * TICK_MS)}</span>;
}
