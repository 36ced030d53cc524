// The steps of two runs side by side, as a table.

import "@/lib/messages/compared";
import "@/lib/messages/replays";
import { Link } from "@tanstack/react-router";
import { Equal, type LucideIcon, Minus, PencilLine, Plus } from "lucide-react";
import type { ComparedSide, ComparedState, ComparedStep, ExecutionRow } from "@/api/types";
import { turnLabel } from "@/features/runs";
import { formatDuration } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { StatusChip } from "@/ui/status-chip";
import { type Column, Table } from "@/ui/table";
import { type Aspect, aspectsOf, deltaMs } from "./model/differences";

const LOOKS: Readonly<Record<ComparedState, readonly [Tone, LucideIcon]>> = {
  same: ["neutral", Equal],
  changed: ["warn", PencilLine],
  only_left: ["error", Minus],
  only_right: ["success", Plus],
};

const ASPECTS: Readonly<Record<Aspect, MessageKey>> = {
  status: "runs.compare.statusChanged",
  items: "runs.compare.itemsChanged",
  data: "runs.compare.dataChanged",
  input: "runs.compare.inputChanged",
};

type Props = {
  readonly left: ExecutionRow;
  readonly right: ExecutionRow;
  readonly steps: readonly ComparedStep[];
  /** Asks for what a node put out. */
  readonly onChoose: (node: string) => void;
};

export function ComparedSteps({ left, right, steps, onChoose }: Props) {
  const inLoops = new Set(steps.filter(({ run }) => run !== "0").map(({ node }) => node));
  const columns: readonly Column<ComparedStep>[] = [
    {
      id: "node",
      header: t("runs.compare.node"),
      cell: ({ name, node, run }) => (
        <span className="font-medium">
          <button
            type="button"
            title={t("compared.output", { name })}
            onClick={() => onChoose(node)}
            className="rounded-small text-start hover:text-accent"
          >
            {name}
          </button>
          {inLoops.has(node) && (
            <span className="ms-1.5 text-xs font-normal text-fg-muted">
              {t("inspector.turn.label", { turn: turnLabel(run) })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: "state",
      header: t("runs.compare.state"),
      cell: (step) => <Difference step={step} left={left} right={right} />,
    },
    {
      id: "left",
      header: `#${left.number}`,
      cell: (step) => <Side step={step} side={step.left} execution={left} />,
    },
    {
      id: "right",
      header: `#${right.number}`,
      cell: (step) => <Side step={step} side={step.right} execution={right} />,
    },
    {
      id: "time",
      header: t("executions.duration"),
      cell: (step) => <Delta step={step} />,
      align: "end",
      wideOnly: true,
    },
  ];
  return (
    <Table
      label={t("runs.compare.steps")}
      columns={columns}
      rows={steps}
      rowKey={({ node, run }) => `${node} ${run}`}
    />
  );
}

function Difference({
  step,
  left,
  right,
}: Omit<Props, "steps" | "onChoose"> & { readonly step: ComparedStep }) {
  const [tone, icon] = LOOKS[step.state];
  const key: MessageKey = `runs.compare.state.${step.state}`;
  const number = step.state === "only_right" ? right.number : left.number;
  const aspects = aspectsOf(step).map((aspect) => t(ASPECTS[aspect]));
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Chip tone={tone} icon={icon}>
        {t(key, { number })}
      </Chip>
      <span className="text-xs text-fg-muted">{aspects.join(", ")}</span>
    </span>
  );
}

type SideProps = {
  readonly step: ComparedStep;
  readonly side: ComparedSide | null;
  readonly execution: ExecutionRow;
};

function Side({ step, side, execution }: SideProps) {
  if (!side) return <span className="text-xs text-fg-subtle">{t("runs.compare.absent")}</span>;
  const outputs = Object.entries(side.outputs).map(([port, { items }]) =>
    t("runs.compare.items", { port, count: items }),
  );
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId: execution.id }}
      search={{ node: step.node }}
      className="flex flex-wrap items-center gap-x-2 rounded-small hover:underline"
    >
      <span className="text-xs text-fg-muted sm:sr-only">#{execution.number}</span>
      <StatusChip status={side.status} plain />
      <span className="text-xs text-fg-muted">
        {[...outputs, side.duration_ms === null ? "" : formatDuration(side.duration_ms)]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </Link>
  );
}

function Delta({ step }: { readonly step: ComparedStep }) {
  const delta = deltaMs(step);
  if (delta === null || delta === 0) return null;
  const duration = formatDuration(Math.abs(delta));
  return (
    <span className="text-xs text-fg-muted">
      {delta > 0 ? t("runs.compare.longer", { duration }) : t("runs.compare.shorter", { duration })}
    </span>
  );
}
