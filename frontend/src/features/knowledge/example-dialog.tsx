// Gives an example with its label, or corrects the label of one.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { FormDialog } from "@/ui/form-dialog";
import { TextField } from "@/ui/text-field";
import { Textarea } from "@/ui/textarea";
import { toast } from "@/ui/toast";
import { examplesPath, type LabelledExample } from "./kept-queries";

type Props = {
  /** The one whose label is corrected; null for a new one. */
  readonly corrected: LabelledExample | null;
  readonly space: string;
  /** Labels that are in use, to choose from. */
  readonly labels: readonly string[];
  readonly onClose: () => void;
};

export function ExampleDialog({ corrected, space, labels, onClose }: Props) {
  const [draft, setDraft] = useState({
    space: corrected?.space ?? space,
    text: corrected?.text ?? "",
    label: corrected?.label ?? "",
  });
  const choices = useId();
  const client = useQueryClient();
  const teaching = useMutation({
    mutationFn: () => api.post(examplesPath, draft),
    onSuccess: async () => {
      toast(t(corrected ? "labels.corrected" : "labels.learnt"), { kind: "success" });
      await refresh(client, [examplesPath]);
      onClose();
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(teaching.error);
  const elsewhere = teaching.error && Object.keys(errors).length === 0;
  const title = t(corrected ? "labels.correct" : "labels.create");
  return (
    <FormDialog
      title={title}
      description={t("labels.correctText")}
      width="small"
      verb={t("common.save")}
      busy={teaching.isPending}
      incomplete={Object.values(draft).some((text) => text.trim() === "")}
      fault={elsewhere && messageOf(teaching.error)}
      onSubmit={() => teaching.mutate()}
      onClose={onClose}
    >
      {corrected ? (
        <p className="max-h-40 overflow-y-auto rounded-control bg-sunken p-3 wrap-anywhere">
          {corrected.text}
        </p>
      ) : (
        <>
          <TextField
            label={t("labels.space")}
            help={t("labels.spaceHelp")}
            value={draft.space}
            maxLength={200}
            error={errors["space"]}
            onChange={(event) => setDraft({ ...draft, space: event.target.value })}
          />
          <Textarea
            label={t("labels.text")}
            rows={4}
            value={draft.text}
            maxLength={20_000}
            error={errors["text"]}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          />
        </>
      )}
      <TextField
        label={t("labels.label")}
        value={draft.label}
        maxLength={200}
        list={choices}
        error={errors["label"]}
        onChange={(event) => setDraft({ ...draft, label: event.target.value })}
      />
      <datalist id={choices}>
        {labels.map((label) => (
          <option key={label} value={label} />
        ))}
      </datalist>
    </FormDialog>
  );
}
