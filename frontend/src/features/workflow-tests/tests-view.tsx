// The tests of a workflow: run on the draft, each with its result and what differed.

import "@/lib/messages/inspector";
import "@/lib/messages/pages";
import "@/lib/messages/people";
import {
  CircleCheck,
  CircleDashed,
  CircleX,
  FlaskConical,
  LoaderCircle,
  Pencil,
  Play,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import type { TestResult, TestVerdict, WorkflowTest } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatDuration, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { ConfirmDialog, Dialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { IconButton } from "@/ui/icon-button";
import { QueryState } from "@/ui/query-state";
import { TextField } from "@/ui/text-field";
import { Differences } from "./differences";
import { UnrecordedCalls } from "./unrecorded-calls";
import { useTests, type WorkflowTests } from "./use-tests";

export function TestsView({ workflowId }: { readonly workflowId: string }) {
  const state = useTests(workflowId);
  const { query, tests, tally, isRunning, run } = state;
  return (
    <QueryState query={query} rows={5}>
      {tests.length === 0 ? (
        <EmptyState icon={FlaskConical} title={t("tests.empty")}>
          {t("tests.emptyText")}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" icon={Play} busy={isRunning} onClick={() => run()}>
              {t("tests.runAll")}
            </Button>
            <p role="status" className="text-fg-muted">
              {isRunning
                ? t("tests.running")
                : tally.passed + tally.failed > 0
                  ? t("tests.tally", { passed: tally.passed, all: tally.all })
                  : t("tests.notRun")}
            </p>
          </div>
          <ul className="flex flex-col gap-2">
            {tests.map((test) => (
              <li key={test.id}>
                <TestCard test={test} result={state.resultOf(test)} state={state} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </QueryState>
  );
}

type CardProps = {
  readonly test: WorkflowTest;
  readonly result: TestResult | undefined;
  readonly state: WorkflowTests;
};

function TestCard({ test, result, state }: CardProps) {
  const mayEdit = useCan("workflow.edit");
  const [open, setOpen] = useState<"none" | "rename" | "delete">("none");
  const close = () => setOpen("none");
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <ResultChip verdict={test.last?.status} />
        <h2 className="min-w-0 flex-1 truncate text-base">{test.name}</h2>
        <span className="text-xs text-fg-muted">
          {result?.duration_ms != null && `${formatDuration(result.duration_ms)} · `}
          {t("tests.saved", { when: formatRelative(test.created_at) })}
        </span>
        <span className="flex">
          <IconButton
            icon={Play}
            label={t("tests.runOne", { name: test.name })}
            disabled={state.isRunning}
            onClick={() => state.run([test.id])}
          />
          {mayEdit && (
            <>
              <IconButton
                icon={Pencil}
                label={t("tests.rename", { name: test.name })}
                onClick={() => setOpen("rename")}
              />
              <IconButton
                icon={Trash2}
                label={t("tests.delete", { name: test.name })}
                onClick={() => setOpen("delete")}
              />
            </>
          )}
        </span>
      </div>
      {result && <UnrecordedCalls calls={result.unrecorded} />}
      {result && (result.status === "failed" || result.status === "error") && (
        <Differences result={result} />
      )}
      {open === "rename" && <RenameTest test={test} onSave={state.rename} onClose={close} />}
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={close}
        title={t("tests.deleteTitle", { name: test.name })}
        description={t("tests.deleteText")}
        confirmLabel={t("common.delete")}
        danger
        onConfirm={() => {
          close();
          state.remove(test.id);
        }}
      />
    </Card>
  );
}

const LOOKS = {
  running: ["running", LoaderCircle],
  passed: ["success", CircleCheck],
  failed: ["error", CircleX],
  error: ["error", CircleX],
} as const;

function ResultChip({ verdict }: { readonly verdict: TestVerdict | undefined }) {
  if (!verdict) return <Chip icon={CircleDashed}>{t("tests.result.none")}</Chip>;
  const [tone, icon] = LOOKS[verdict];
  return (
    <Chip tone={tone} icon={icon} spins={verdict === "running"}>
      {t(`tests.result.${verdict}`)}
    </Chip>
  );
}

type RenameProps = {
  readonly test: WorkflowTest;
  readonly onSave: (test: string, name: string) => void;
  readonly onClose: () => void;
};

function RenameTest({ test, onSave, onClose }: RenameProps) {
  const [name, setName] = useState(test.name);
  const save = () => {
    onSave(test.id, name.trim());
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("tests.renameTitle")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={name.trim() === ""} onClick={save}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <TextField
        label={t("workflows.name")}
        value={name}
        maxLength={200}
        onChange={({ target }) => setName(target.value)}
      />
    </Dialog>
  );
}
