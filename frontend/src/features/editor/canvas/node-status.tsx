// The lower row of a card, always reserved: how the node's latest run is doing.

import { History, RotateCw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { type NodeRun, useNodeCost, useNodeProgress } from "@/features/runs";
import { runAction } from "@/lib/actions";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { isKnown, t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { type StatusLook, statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import type { Editor } from "../editor-context";
import { inspect } from "../operations";
import { useEditor } from "../store";
import { useMotion } from "./motion-budget";

type Props = {
  readonly id: string;
  readonly run: NodeRun | undefined;
  readonly missing: boolean;
  readonly disabled: boolean;
  /** The node or what comes into it was changed after this run. */
  readonly stale: boolean;
};

export function NodeStatusRow({ id, run, missing, disabled, stale }: Props) {
  const mark = useEditor().marks?.get(id);
  if (missing) return <Row>{t("editor.missingType")}</Row>;
  if (disabled) return <Row>{t("editor.disabled")}</Row>;
  if (mark) return <Row>{t(`editor.mark.${mark}`)}</Row>;
  if (!run) return null;
  return <RunStatus id={id} run={run} stale={stale} />;
}

function Row({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="node-status flex h-9 items-center gap-1.5 px-3 text-2xs font-medium text-fg-subtle">
      {children}
    </div>
  );
}

type StatusProps = Pick<Props, "id" | "stale"> & { readonly run: NodeRun };

function RunStatus({ id, run, stale }: StatusProps) {
  const [token] = useState(() => Symbol(id));
  const { tone, icon, label, spins } = lookOf(run);
  const moves = useMotion(token, spins);
  const progress = useNodeProgress(id);
  const lead = leadOf(useEditor(), id, run);
  const word = (
    <>
      <Icon icon={icon} size={13} className={moves ? "animate-spin" : ""} />
      <span className="truncate">
        {wordOf(run, progress?.fraction ?? null, progress?.text) ?? label}
      </span>
    </>
  );
  const look = `flex min-w-0 items-center gap-1 ${toneText[tone]}`;
  return (
    <>
      <Row>
        {lead ? (
          <button
            type="button"
            tabIndex={-1}
            title={lead.title}
            onClick={lead.go}
            className={`nodrag underline-offset-2 hover:underline ${look}`}
          >
            {word}
          </button>
        ) : (
          <span className={look}>{word}</span>
        )}
        <span className="ms-auto flex shrink-0 items-center gap-1.5 font-normal">
          {stale && <Icon icon={History} size={12} label={t("editor.stale")} />}
          {run.runs > 1 && <span>×{formatNumber(run.runs)}</span>}
          {run.retries > 0 && (
            <span className="flex items-center gap-0.5">
              <Icon icon={RotateCw} size={10} label={t("editor.retries")} />
              {run.retries}
            </span>
          )}
          <CostBadge id={id} />
          {run.durationMs !== null && <span>{formatDuration(run.durationMs)}</span>}
        </span>
      </Row>
      {spins && (
        <span
          className="node-bar"
          style={{ inlineSize: `${Math.round((progress?.fraction ?? 1) * 100)}%` }}
        />
      )}
    </>
  );
}

/** What models cost here; nothing where none was asked. */
export function CostBadge({ id }: { readonly id: string }) {
  const cost = useNodeCost(id);
  return cost > 0 && <span title={t("editor.cost")}>{formatMoney(cost)}</span>;
}

type Lead = { readonly title: string; readonly go: () => void };

/** Where a state that wants somebody leads: an error to what came of it, a wait to the inbox. */
function leadOf(editor: Editor, id: string, run: NodeRun): Lead | null {
  if (run.status === "failed" || run.status === "unknown")
    return { title: t("editor.openError"), go: () => inspect(editor, id) };
  const isHuman = run.status === "waiting" && run.latest.waiting?.for === "approval";
  return isHuman ? { title: t("editor.openInbox"), go: () => runAction("go.inbox") } : null;
}

const isPartial = (run: NodeRun): boolean => run.status === "completed" && run.failedItems > 0;

/** It got there, but not without trouble: items that failed, attempts that were repeated. */
const isWarned = (run: NodeRun): boolean =>
  run.status === "completed" && (run.failedItems > 0 || run.retries > 0);

/** For an attribute: there or absent. */
export const warningOf = (run: NodeRun | undefined): true | undefined =>
  run && isWarned(run) ? true : undefined;

function lookOf(run: NodeRun): StatusLook {
  const look = statusLook(run.status);
  return isWarned(run) ? { ...look, tone: "warn", icon: TriangleAlert } : look;
}

/** More than the status's own word, where something more is known. */
function wordOf(run: NodeRun, fraction: number | null, text: string | undefined): string | null {
  if (run.status === "failed" && run.error) return run.error.message;
  if (isPartial(run)) {
    return t("runs.failedItems", { failed: run.failedItems, count: run.itemsIn });
  }
  if (isWarned(run)) return t("runs.retried", { count: run.retries });
  if (run.status === "waiting") return waitWord(run.latest.waiting?.for ?? null);
  if (run.status !== "running") return null;
  return text || (fraction === null ? null : formatPercent(fraction));
}

/** What is waited for; null where a newer server waits for something we do not know. */
function waitWord(what: string | null): string | null {
  const key = `editor.waitsFor.${what}`;
  return isKnown(key) ? t(key) : null;
}
