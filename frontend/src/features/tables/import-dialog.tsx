// Brings the rows of a CSV file into a table.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { DataTable } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Switch } from "@/ui/switch";
import { toast } from "@/ui/toast";

type Props = { readonly table: DataTable; readonly onClose: () => void };

export function ImportRowsDialog({ table, onClose }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [addsColumns, setAddsColumns] = useState(true);
  const form = useId();
  const client = useQueryClient();
  const taking = useMutation({
    mutationFn: (given: File) => {
      const body = new FormData();
      body.set("file", given);
      body.set("adds_columns", String(addsColumns));
      return api.post<{ readonly rows: number }>(`tables/${table.id}/import/`, body);
    },
    onSuccess: async ({ rows }) => {
      toast(t("tables.imported", { count: rows }), { kind: "success" });
      onClose();
      await refresh(client, keys.tables);
    },
    meta: { quiet: true },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("tables.importTitle", { name: table.name })}
      description={t("tables.importText")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={file === null}
            busy={taking.isPending}
          >
            {t("tables.import")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (file) taking.mutate(file);
        }}
      >
        <Field label={t("tables.importFile")} error={taking.error ? messageOf(taking.error) : null}>
          {(control) => (
            <Input
              {...control}
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
              className="py-1"
            />
          )}
        </Field>
        <Switch label={t("tables.importColumns")} checked={addsColumns} onChange={setAddsColumns} />
      </form>
    </Dialog>
  );
}
