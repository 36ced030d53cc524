// Everything that is wrong with the draft; each entry leads to its node and field.

import { CircleAlert, CircleCheck, Lightbulb, type LucideIcon, TriangleAlert } from "lucide-react";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { bySeverity, current, fieldOf, fieldTitle, type Severity } from "../model/problems";
import { nodeById, type Problem } from "../model/types";
import { inspect } from "../operations";
import { useDocument, useDocumentState, useEditor } from "../store";

const LOOKS: Readonly<Record<Severity, readonly [LucideIcon, string]>> = {
  error: [CircleAlert, "text-error"],
  warning: [TriangleAlert, "text-warn"],
  hint: [Lightbulb, "text-fg-subtle"],
};

export function ProblemsDialog({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const jump = (problem: Problem) => {
    onClose();
    if (problem.node !== null) inspect(editor, problem.node, fieldOf(problem));
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("editor.problems")}>
      <ProblemList onJump={jump} />
    </Dialog>
  );
}

export function ProblemList({ onJump }: { readonly onJump: (problem: Problem) => void }) {
  const { catalog } = useEditor();
  const document = useDocument((whole) => whole);
  const problems = useDocumentState((state) => state.problems);
  const shown = bySeverity(current(problems, document));
  if (shown.length === 0) {
    return <EmptyState icon={CircleCheck} title={t("editor.noProblems")} />;
  }
  return (
    <ul className="flex flex-col">
      {shown.map((problem) => {
        const [icon, tone] = LOOKS[problem.severity];
        const node = problem.node === null ? undefined : nodeById(document, problem.node);
        const field = node && fieldTitle(problem, catalog.byType(node.type));
        return (
          <li key={`${problem.code}:${problem.node}:${problem.path}`}>
            <button
              type="button"
              disabled={problem.node === null}
              onClick={() => onJump(problem)}
              className="flex w-full items-start gap-2.5 rounded-control px-2 py-2 text-start enabled:hover:bg-hover"
            >
              <Icon
                icon={icon}
                className={`mt-px ${tone}`}
                label={t(`editor.severity.${problem.severity}`)}
              />
              <span>
                {node && <span className="me-1.5 font-medium">{node.name}</span>}
                <span className={node ? "text-fg-muted" : ""}>
                  {field
                    ? t("editor.problemIn", { field, message: problem.message })
                    : problem.message}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
