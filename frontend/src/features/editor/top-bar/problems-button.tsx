// How many problems the draft has; opens their list.

import { CircleAlert, TriangleAlert } from "lucide-react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { countOf } from "../model/problems";
import { useDocumentState, useEditor } from "../store";

export function ProblemsButton() {
  const { ui } = useEditor();
  const errors = useDocumentState((state) => countOf(state.problems, "error"));
  const warnings = useDocumentState((state) => countOf(state.problems, "warning"));
  const count = errors + warnings;
  if (count === 0) return null;
  return (
    <Button
      variant="ghost"
      icon={errors > 0 ? CircleAlert : TriangleAlert}
      className={errors > 0 ? "text-error" : "text-warn"}
      title={t("editor.problems")}
      onClick={() => ui.setState({ dialog: "problems" })}
    >
      {t("editor.problemCount", { count })}
    </Button>
  );
}
