// A new run from a step of this one: with other items, or on another version of the workflow.

import "@/lib/messages/replays";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { stepItemsQuery, versionsQuery } from "@/api/queries";
import type { ForkAnswer, Item, StepRef } from "@/api/types";
import { CodeEditor } from "@/features/inspector";
import { t } from "@/lib/i18n";
import { parseItems } from "@/lib/items";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/select";
import { SkeletonRows } from "@/ui/skeleton";
import { toast } from "@/ui/toast";

const ITEMS_AT_MOST = 1_000;

type Props = {
  readonly executionId: string;
  readonly workflowId: string;
  readonly step: StepRef;
  readonly nodeName: string;
  /** Nothing comes into a trigger: it is forked with what it put out. */
  readonly isTrigger: boolean;
  readonly onClose: () => void;
};

export function ForkDialog(props: Props) {
  const { executionId, step, isTrigger } = props;
  const items = useQuery(
    stepItemsQuery({
      ...step,
      execution: executionId,
      side: isTrigger ? "output" : "input",
      port: "main",
      offset: 0,
      limit: ITEMS_AT_MOST,
    }),
  );
  if (items.isPending) {
    return (
      <Frame {...props} footer={null}>
        <SkeletonRows rows={4} />
      </Frame>
    );
  }
  const text = JSON.stringify(items.data?.items ?? [], null, 2);
  return <ForkForm {...props} original={text} total={items.data?.total ?? 0} />;
}

type FrameProps = Props & { readonly footer: React.ReactNode; readonly children: React.ReactNode };

function Frame({ nodeName, onClose, footer, children }: FrameProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="large"
      title={t("runs.fork.title", { name: nodeName })}
      description={t("runs.fork.text")}
      footer={footer}
    >
      {children}
    </Dialog>
  );
}

type FormProps = Props & {
  readonly original: string;
  readonly total: number;
};

function ForkForm(props: FormProps) {
  const { executionId, step, original, total, onClose } = props;
  const navigate = useNavigate();
  const [text, setText] = useState(original);
  const [version, setVersion] = useState("same");
  const items = parseItems<Item>(text);
  const fork = useMutation({
    mutationFn: () =>
      api.post<ForkAnswer>(`executions/${executionId}/fork/`, {
        from: [step],
        // What was not touched is used again by reference, and may be more than is shown.
        ...(text === original ? {} : { items }),
        version: /^\d+$/.test(version) ? Number(version) : version,
      }),
    meta: { quiet: true },
    onSuccess: ({ execution, reused, again }) => {
      onClose();
      toast(t("runs.fork.started"), {
        description: t("runs.fork.counts", { reused: reused.length, again: again.length }),
      });
      return navigate({ to: "/runs/$executionId", params: { executionId: execution } });
    },
    onError: (error) =>
      toast(t("runs.fork.failed"), { kind: "error", description: messageOf(error) }),
  });
  return (
    <Frame
      {...props}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            busy={fork.isPending}
            disabled={typeof items === "string"}
            onClick={() => fork.mutate()}
          >
            {t("runs.fork.start")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <VersionField workflowId={props.workflowId} value={version} onChange={setVersion} />
        <div className="flex flex-col gap-1">
          <p className="text-xs font-medium text-fg-muted">{t("runs.fork.items")}</p>
          <CodeEditor
            naming={{ "aria-label": t("runs.fork.items") }}
            language="json"
            text={text}
            disabled={false}
            onText={setText}
          />
          <p role="status" className="min-h-5 text-xs text-error">
            {typeof items === "string" ? items : ""}
          </p>
          {total > ITEMS_AT_MOST && (
            <p className="text-xs text-fg-muted">
              {t("runs.fork.tooMany", { count: ITEMS_AT_MOST })}
            </p>
          )}
        </div>
      </div>
    </Frame>
  );
}

type VersionProps = {
  readonly workflowId: string;
  readonly value: string;
  readonly onChange: (version: string) => void;
};

function VersionField({ workflowId, value, onChange }: VersionProps) {
  const { data } = useQuery(versionsQuery(workflowId));
  const numbers = data?.results.map(({ number }) => number) ?? [];
  return (
    <Select
      label={t("runs.fork.version")}
      value={value}
      onChange={onChange}
      options={[
        { value: "same", label: t("runs.fork.version.same") },
        { value: "draft", label: t("runs.fork.version.draft") },
        ...(numbers.length > 0 ? [{ value: "latest", label: t("runs.fork.version.latest") }] : []),
        ...numbers.map((number) => ({
          value: String(number),
          label: t("runs.fork.version.number", { number }),
        })),
      ]}
    />
  );
}
