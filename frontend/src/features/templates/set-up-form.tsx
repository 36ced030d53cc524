// The questions of a template in their order, then the workflow that comes of the answers.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { isProblem, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Template, TemplateQuestion } from "@/api/types";
import { useCan } from "@/features/auth";
import { CredentialPicker } from "@/features/credentials";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";
import { TextField } from "@/ui/text-field";

type Answers = Readonly<Record<string, string>>;

export function SetUpForm({ template }: { readonly template: Template }) {
  const { questions, slug } = template;
  const [answers, setAnswers] = useState<Answers>(() =>
    Object.fromEntries(questions.map(({ id, default: value }) => [id, value])),
  );
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayEdit = useCan("workflow.edit");
  const making = useMutation({
    mutationFn: () =>
      api.post<{ readonly id: string }>(`templates/${slug}/workflows/`, { answers }),
    onSuccess: async ({ id }) => {
      await refresh(client, keys.workflows);
      await navigate({ to: "/w/$workflowId", params: { workflowId: id } });
    },
    meta: { quiet: true },
  });
  const faults = faultsOf(making.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <Card title={t("templates.answers")}>
      <form onSubmit={submit} className="flex flex-col gap-4 px-4 pt-1 pb-4" noValidate>
        <p className="text-fg-muted">
          {questions.length > 0 ? t("templates.answersText") : t("templates.ready")}
        </p>
        <ol className="flex flex-col gap-4">
          {questions.map((question, index) => (
            <li key={question.id} className="flex gap-3">
              <span
                aria-hidden="true"
                className="mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
              >
                {index + 1}
              </span>
              <div className="min-w-0 flex-1">
                <Question
                  question={question}
                  value={answers[question.id] ?? ""}
                  error={faults[question.id]}
                  onChange={(value) => setAnswers({ ...answers, [question.id]: value })}
                />
              </div>
            </li>
          ))}
        </ol>
        {making.error && Object.keys(faults).length === 0 && (
          <p role="alert" className="text-error">
            {messageOf(making.error)}
          </p>
        )}
        {mayEdit && (
          <Button
            type="submit"
            variant="primary"
            icon={Sparkles}
            busy={making.isPending}
            className="self-start"
          >
            {t("templates.use")}
          </Button>
        )}
      </form>
    </Card>
  );
}

const TYPES = { text: "text", email: "email", url: "url", number: "number", time: "time" } as const;

type QuestionProps = {
  readonly question: TemplateQuestion;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

function Question({ question, value, error, onChange }: QuestionProps) {
  const { kind, title, help, placeholder, types } = question;
  if (kind === "credential") {
    return (
      <Field label={title} help={help} error={error}>
        {(control) => (
          <CredentialPicker
            label={title}
            types={types}
            value={value}
            naming={control}
            disabled={false}
            onChange={onChange}
          />
        )}
      </Field>
    );
  }
  return (
    <TextField
      type={TYPES[kind]}
      label={title}
      help={help}
      placeholder={placeholder}
      value={value}
      error={error}
      maxLength={500}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The server's words by the question that they belong to. */
function faultsOf(error: unknown): Answers {
  if (!isProblem(error, "unfit_answers")) return {};
  return Object.fromEntries(
    Object.entries(error.body.facts).map(([id, fault]) => [id, String(fault)]),
  );
}
