// /app/settings/models: the list of models, budgets, spending, the last calls, kept answers.

import "@/lib/messages/models";
import { t } from "@/lib/i18n";
import { BudgetList } from "./budget-list";
import { KeptAnswers } from "./kept-answers";
import { LastCalls } from "./last-calls";
import { ModelList } from "./model-list";
import { Spending } from "./spending";

export function ModelsView() {
  return (
    <>
      <p className="max-w-prose text-fg-muted">{t("models.intro")}</p>
      <ModelList />
      <BudgetList />
      <Spending />
      <LastCalls />
      <KeptAnswers />
    </>
  );
}
