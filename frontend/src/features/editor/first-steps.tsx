// Five steps for a first workflow. They tick themselves; dismissed once, they are gone for good.

import "@/lib/messages/dialogs";
import { Circle, CircleCheck, X } from "lucide-react";
import { useState } from "react";
import type { Workflow } from "@/api/types";
import { useRunSummary } from "@/features/runs";
import { type MessageKey, t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import type { WorkflowDocument } from "./model/types";
import { useDocument, useDocumentState } from "./store";

const DISMISSED = "headrace.editor.first-steps";

function wasDismissed(): boolean {
  return localStorage.getItem(DISMISSED) === "done";
}

type Step = readonly [label: MessageKey, done: boolean];

export function FirstSteps({ workflow }: { readonly workflow: Workflow }) {
  const [dismissed, setDismissed] = useState(wasDismissed);
  const readOnly = useDocumentState((state) => state.readOnly);
  const document = useDocument((whole) => whole);
  const hasRun = useRunSummary() !== null || workflow.last_execution !== null;
  const steps = stepsOf(document, hasRun, workflow.published_version !== null);
  if (readOnly || dismissed || document.nodes.length === 0 || steps.every(([, done]) => done))
    return null;
  const dismiss = () => {
    localStorage.setItem(DISMISSED, "done");
    setDismissed(true);
  };
  return (
    <section
      aria-label={t("editor.firstSteps.title")}
      className="w-56 rounded-panel border border-line bg-surface p-3 shadow-panel max-lg:hidden"
    >
      <header className="mb-1.5 flex items-center justify-between">
        <h2 className="text-base font-semibold">{t("editor.firstSteps.title")}</h2>
        <IconButton icon={X} size="small" label={t("common.dismiss")} onClick={dismiss} />
      </header>
      <ol className="flex flex-col gap-1.5">
        {steps.map(([label, done]) => (
          <li key={label} className={`flex items-center gap-2 ${done ? "text-fg-subtle" : ""}`}>
            <Icon
              icon={done ? CircleCheck : Circle}
              className={done ? "text-success" : "text-fg-subtle"}
              label={done ? t("editor.firstSteps.done") : t("editor.firstSteps.open")}
            />
            {t(label)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepsOf(
  document: WorkflowDocument,
  hasRun: boolean,
  isPublished: boolean,
): readonly Step[] {
  const usesData = document.nodes.some((node) => JSON.stringify(node.params).includes('"=":"{{'));
  return [
    ["editor.firstSteps.add", document.nodes.length > 1],
    ["editor.firstSteps.connect", document.edges.length > 0],
    ["editor.firstSteps.map", usesData],
    ["editor.firstSteps.run", hasRun],
    ["editor.firstSteps.publish", isPublished],
  ];
}
