// What the node put out: by port, item by item; pinned, unpinned and edited here.

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import type { Item, Port, StepLine } from "@/api/types";
import { portsIn, useDocument, useEditor } from "@/features/editor";
import { OutcomeBanner, type StepRun } from "@/features/runs";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Segmented } from "@/ui/segmented";
import { useInspected } from "../inspector-context";
import { setView, usePreferences, type ViewName } from "../preferences";
import { AgentTabs, type AgentView, agentOf, Conversation } from "./agent-tab";
import { DataViews } from "./data-views";
import { ItemPager } from "./item-pager";
import { LogView } from "./log-view";
import { PanelHeader } from "./panel-header";
import { PinBanner } from "./pin-banner";
import { PinButton } from "./pin-button";
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
  const lines = run?.log ?? NO_LINES;
  const [picked, setPicked] = useState("");
  const chosenView = useView(lines);
  const view = hasOnlyFiles(data.items) && picked !== node.id ? "binary" : chosenView;
  return (
    <section aria-label={t("inspector.output")} className="flex h-full min-h-0 flex-col bg-sunken">
      <PanelHeader
        side="output"
        query={query}
        onQuery={setQuery}
        hasFiles={data.items.some((item) => item.binary !== undefined)}
        shown={view}
        onPick={() => setPicked(node.id)}
        hasLines={lines.length > 0}
      >
        <ItemPager total={data.total} />
        <PinButton data={data} isFirst={port === ports[0]} />
      </PanelHeader>
      {isPinned && <PinBanner items={data.items} />}
      {ports.length > 1 && !isPinned && port && (
        <PortPicker ports={ports} shown={port.id} run={run} onShow={setChosen} />
      )}
      {run && <Trouble run={run} />}
      <Results data={data} view={view} run={run} query={query ?? ""} />
    </section>
  );
}

/** Nothing but files came out: they are what there is to see first. */
const hasOnlyFiles = (items: readonly Item[]): boolean =>
  items.length > 0 && items.every((item) => item.binary && Object.keys(item.json).length === 0);

const NO_LINES: readonly StepLine[] = [];

/** The view that was chosen; of a node that wrote nothing the table. */
function useView(lines: readonly StepLine[]): ViewName {
  const chosen = usePreferences(({ views }) => views.output);
  return chosen === "logs" && lines.length === 0 ? "table" : chosen;
}

type ResultsProps = {
  readonly data: NodeData;
  readonly view: ViewName;
  readonly run: StepRun | undefined;
  readonly query: string;
};

function Results({ data, view, run, query }: ResultsProps) {
  const agent = useAgent(data);
  if (view === "logs" && run) {
    return <LogView lines={run.log} startedAtMs={run.startedAtMs} query={query} />;
  }
  return (
    <>
      {agent.tabs}
      {agent.conversation ?? (
        <Data data={data} view={view} hasFailed={run?.error != null} query={query} />
      )}
    </>
  );
}

/** What went wrong in a run, above what it put out all the same. */
function Trouble({ run }: { readonly run: StepRun }) {
  const { node } = useInspected();
  return (
    <>
      {run.status === "unknown" && <OutcomeBanner step={run} nodeName={node.name} />}
      {run.error && <Failure run={run} />}
      {run.failedItems > 0 && <FailedItems run={run} />}
    </>
  );
}

/** An agent's item is read as a conversation first, and as data on request. */
function useAgent({ origin, items }: NodeData) {
  const { spec, itemIndex } = useInspected();
  const [view, setView] = useState<AgentView>("conversation");
  const isAgent = spec?.kind === "agent" && (origin === "run" || origin === "pin");
  const agent = isAgent ? agentOf((items[itemIndex] ?? items[0])?.json) : null;
  if (!agent) return { tabs: null, conversation: null };
  return {
    tabs: <AgentTabs value={view} onChange={setView} />,
    conversation: view === "conversation" ? <Conversation agent={agent} /> : null,
  };
}

type DataProps = {
  readonly data: NodeData;
  readonly view: ViewName;
  readonly hasFailed: boolean;
  readonly query: string;
};

function Data({ data, view, hasFailed, query }: DataProps) {
  const { node } = useInspected();
  if (data.origin !== "run" || data.total > 0) {
    return (
      <DataViews
        view={view}
        data={data}
        node={node.id}
        name={node.name}
        type={node.type}
        query={query}
        onFiles={() => setView("output", "binary")}
      />
    );
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
