// What the node put out: by port, item by item; pinned, unpinned and edited here.

import { CircleAlert, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import type { Port } from "@/api/types";
import {
  portsIn,
  setPin,
  useCommit,
  useDocument,
  useDocumentState,
  useEditor,
} from "@/features/editor";
import { OutcomeBanner, type StepRun } from "@/features/runs";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Segmented } from "@/ui/segmented";
import { useInspected } from "../inspector-context";
import { usePreferences } from "../preferences";
import { DataViews } from "./data-views";
import { ItemPager } from "./item-pager";
import { PanelHeader } from "./panel-header";
import { PinBanner } from "./pin-banner";
import { type NodeData, useNodeData } from "./use-node-data";
import { useInspectedStep } from "./use-turn";

export function OutputPanel() {
  const { node } = useInspected();
  const [query, setQuery] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const ports = useOutputs();
  const run = useInspectedStep();
  const filled = ports.find(({ id }) => (run?.itemsOut[id] ?? 0) > 0);
  const port = ports.find(({ id }) => id === chosen) ?? filled ?? ports[0];
  const data = useNodeData(node.id, port?.id ?? "main");
  const isPinned = data.origin === "pin";
  return (
    <section aria-label={t("inspector.output")} className="flex h-full min-h-0 flex-col bg-sunken">
      <PanelHeader
        side="output"
        query={query}
        onQuery={setQuery}
        hasFiles={data.items.some((item) => item.binary !== undefined)}
      >
        <ItemPager total={data.total} />
        <PinButton data={data} />
      </PanelHeader>
      {isPinned && <PinBanner items={data.items} />}
      {ports.length > 1 && !isPinned && port && (
        <PortPicker ports={ports} shown={port.id} run={run} onShow={setChosen} />
      )}
      {run?.status === "unknown" && <OutcomeBanner step={run} nodeName={node.name} />}
      {run?.error && <Failure run={run} />}
      {run && run.failedItems > 0 && <FailedItems run={run} />}
      <Data data={data} hasFailed={run?.error != null} query={query ?? ""} />
    </section>
  );
}

type DataProps = {
  readonly data: NodeData;
  readonly hasFailed: boolean;
  readonly query: string;
};

function Data({ data, hasFailed, query }: DataProps) {
  const { node } = useInspected();
  const view = usePreferences(({ views }) => views.output);
  if (data.origin !== "run" || data.total > 0) {
    return <DataViews view={view} data={data} name={node.name} type={node.type} query={query} />;
  }
  return hasFailed ? null : <p className="p-4 text-fg-muted">{t("inspector.data.noItems")}</p>;
}

type PickerProps = {
  readonly ports: readonly Port[];
  readonly shown: string;
  readonly run: StepRun | undefined;
  readonly onShow: (port: string) => void;
};

function PortPicker({ ports, shown, run, onShow }: PickerProps) {
  const segments = ports.map(({ id, label }) => ({
    value: id,
    label: run ? `${label || id} (${run.itemsOut[id] ?? 0})` : label || id,
  }));
  return (
    <div className="overflow-x-auto border-b border-line px-3 py-1.5">
      <Segmented
        label={t("inspector.output.port")}
        size="small"
        value={shown}
        segments={segments}
        onChange={onShow}
      />
    </div>
  );
}

function useOutputs() {
  const { node } = useInspected();
  const { catalog } = useEditor();
  const document = useDocument((current) => current);
  return portsIn(document, node, catalog.byType).outputs.filter((port) => port.kind === "main");
}

function PinButton({ data }: { readonly data: NodeData }) {
  const { node } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  if (readOnly) return null;
  const isPinned = data.origin === "pin";
  const step = isPinned ? "inspector.step.unpin" : "inspector.step.pin";
  return (
    <Button
      size="small"
      variant="ghost"
      icon={isPinned ? PinOff : Pin}
      disabled={!isPinned && (data.origin !== "run" || data.items.length === 0)}
      onClick={() =>
        commit(t(step, { name: node.name }), (document) =>
          setPin(document, node.id, isPinned ? null : data.items),
        )
      }
    >
      <span className="@max-lg:sr-only">
        {isPinned ? t("inspector.unpin") : t("inspector.pin")}
      </span>
    </Button>
  );
}

/** The step went on without them: they follow the node's error setting. */
function FailedItems({ run }: { readonly run: StepRun }) {
  const count = Object.values(run.itemsIn)[0] ?? run.failedItems;
  return (
    <p className="m-3 flex gap-2 rounded-control border border-warn-fill/50 bg-warn-soft p-3 text-warn">
      <Icon icon={CircleAlert} className="mt-px" />
      {t("runs.failedItems", { failed: run.failedItems, count })}
    </p>
  );
}

function Failure({ run }: { readonly run: StepRun }) {
  if (!run.error) return null;
  const { code, message, item } = run.error;
  return (
    <div
      role="alert"
      className="m-3 flex gap-2 rounded-control border border-error-fill/40 bg-error-soft p-3"
    >
      <Icon icon={CircleAlert} className="mt-px text-error" />
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere text-error">{message}</p>
        <p className="text-xs text-fg-muted">
          <span className="font-code">{code}</span>
          {item !== null &&
            item !== undefined &&
            ` · ${t("inspector.item.number", { number: item + 1 })}`}
          {run.attempt > 1 && ` · ${t("inspector.retries", { count: run.attempt - 1 })}`}
        </p>
      </div>
    </div>
  );
}
