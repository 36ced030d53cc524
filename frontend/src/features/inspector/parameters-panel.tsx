// The middle column: the node's parameters, its behaviour, and its documentation.

import "@/lib/messages/noted";
import { PackageX, StickyNote } from "lucide-react";
import { useState } from "react";
import { SoftLock, useIsLocked } from "@/features/editor";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";
import { Segmented } from "@/ui/segmented";
import { Addresses } from "./addresses";
import { BehaviourTab } from "./behaviour-tab";
import { DocsTab } from "./docs-tab";
import { ParameterForm } from "./form/parameter-form";
import { useInspected } from "./inspector-context";
import { ApprovalPreview } from "./lazy-approval-preview";
import { NotesTab } from "./notes-tab";
import { isOutdated, Outdated } from "./outdated";
import { Polling } from "./polling";

type Tab = "parameters" | "behaviour" | "notes" | "docs";

type Props = {
  /** Show everything that is wrong at once. */
  readonly showAll: boolean;
};

/** The tab says whether anything was written. */
const WRITTEN = { icon: StickyNote } as const;

export function ParametersPanel({ showAll }: Props) {
  const { node, spec } = useInspected();
  const [tab, setTab] = useState<Tab>("parameters");
  const isLocked = useIsLocked(node.id);
  return (
    <section aria-label={t("inspector.parameters")} className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-10 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-3">
        <Segmented
          label={t("inspector.tabs")}
          size="small"
          value={tab}
          segments={[
            { value: "parameters", label: t("inspector.parameters") },
            { value: "behaviour", label: t("inspector.behaviour") },
            { value: "notes", label: t("noted.title"), ...(node.notes ? WRITTEN : {}) },
            { value: "docs", label: t("inspector.docs") },
          ]}
          onChange={setTab}
        />
      </header>
      <SoftLock node={node.id} />
      <div inert={isLocked} className="min-h-0 flex-1 overflow-y-auto p-4 inert:opacity-60">
        {!spec && tab !== "notes" && (
          <EmptyState icon={PackageX} title={t("inspector.missing")}>
            {t("inspector.missingText", { type: node.type })}
          </EmptyState>
        )}
        {spec && tab === "parameters" && (
          <>
            {isOutdated(node, spec) && <Outdated spec={spec} />}
            <ParameterForm key={node.id} spec={spec} showAll={showAll} />
            {spec.kind === "trigger" && <Addresses />}
            {spec.polls && <Polling />}
            {spec.type === "human.approval" && <ApprovalPreview />}
          </>
        )}
        {spec && tab === "behaviour" && <BehaviourTab key={node.id} />}
        {tab === "notes" && <NotesTab key={node.id} />}
        {spec && tab === "docs" && <DocsTab />}
      </div>
    </section>
  );
}
