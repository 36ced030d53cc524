// Limits what may be spent, or changes such a limit.

import { useState } from "react";
import type { Budget, BudgetPeriod, BudgetScope, BudgetValues } from "@/api/types";
import { t } from "@/lib/i18n";
import { toDollars, toMicro } from "@/lib/money";
import { Select } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { TextField } from "@/ui/text-field";
import { EditDialog, type Errors } from "./edit-dialog";
import { useWorkflows } from "./workflow-names";

const SCOPES = ["tenant", "workflow", "run"] as const;
const PERIODS = ["day", "month", "total"] as const;

type Props = { readonly budget: Budget | null; readonly onClose: () => void };

type Draft = Omit<BudgetValues, "limit_micro"> & { readonly limit: string };

const NEW: Draft = {
  name: "",
  scope: "tenant",
  workflow: null,
  period: "month",
  limit: "10",
  is_on: true,
};

export function BudgetDialog({ budget, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(() => (budget ? draftOf(budget) : NEW));
  const limitMicro = toMicro(draft.limit);
  return (
    <EditDialog
      path="llm/budgets/"
      edited={budget}
      addTitle={t("budgets.add")}
      description={t("budgets.text")}
      body={limitMicro === null ? null : bodyOf(draft, limitMicro)}
      onClose={onClose}
    >
      {(errors) => (
        <Fields
          draft={draft}
          errors={limitMicro === null ? { limit_micro: t("budgets.noAmount") } : errors}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
      )}
    </EditDialog>
  );
}

type FieldsProps = {
  readonly draft: Draft;
  readonly errors: Errors;
  readonly onChange: (part: Partial<Draft>) => void;
};

function Fields({ draft, errors, onChange }: FieldsProps) {
  const workflows = useWorkflows();
  return (
    <>
      <TextField
        label={t("models.name")}
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
        error={errors["name"]}
        maxLength={100}
        required
      />
      <Select
        label={t("budgets.scope")}
        value={draft.scope}
        options={SCOPES.map((value) => ({ value, label: t(`budgets.scope.${value}`) }))}
        onChange={(value) => onChange({ scope: value as BudgetScope })}
      />
      {draft.scope === "workflow" && (
        <Select
          label={t("budgets.workflow")}
          value={draft.workflow ?? ""}
          options={workflows.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={(workflow) => onChange({ workflow })}
          error={errors["workflow"]}
        />
      )}
      {draft.scope !== "run" && (
        <Select
          label={t("budgets.period")}
          value={draft.period}
          options={PERIODS.map((value) => ({ value, label: t(`budgets.period.${value}`) }))}
          onChange={(value) => onChange({ period: value as BudgetPeriod })}
        />
      )}
      <TextField
        label={t("budgets.limit")}
        value={draft.limit}
        inputMode="decimal"
        onChange={(event) => onChange({ limit: event.target.value })}
        error={errors["limit_micro"]}
        required
      />
      <Switch
        label={t("budgets.isOn")}
        checked={draft.is_on}
        onChange={(is_on) => onChange({ is_on })}
      />
    </>
  );
}

function draftOf({ name, scope, workflow, period, limit_micro, is_on }: Budget): Draft {
  return { name, scope, workflow, period, is_on, limit: toDollars(limit_micro) };
}

function bodyOf({ limit: _, ...rest }: Draft, limit_micro: number): BudgetValues {
  return { ...rest, workflow: rest.scope === "workflow" ? rest.workflow : null, limit_micro };
}
