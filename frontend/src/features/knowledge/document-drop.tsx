// Takes documents that are dropped or chosen.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { toast } from "@/ui/toast";
import { type Collection, knowledgeKey } from "./queries";

const ACCEPTED = ".txt,.md,.markdown,.html,.htm,.pdf,.docx,.csv,.tsv,.log";

export function DocumentDrop({ collection }: { readonly collection: Collection }) {
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const giving = useGiving(collection);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    giving.mutate([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={t("knowledge.drop")}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cx(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border border-dashed p-4",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-surface",
      )}
    >
      <Icon icon={FileUp} className="text-fg-muted" />
      <div className="min-w-48 flex-1">
        <p className="font-medium">{t("knowledge.drop")}</p>
        <p className="text-fg-muted">{t("knowledge.dropText")}</p>
      </div>
      <Button busy={giving.isPending} onClick={() => input.current?.click()}>
        {t("knowledge.dropChoose")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t("knowledge.dropChoose")}
        onChange={(event) => {
          giving.mutate([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </section>
  );
}

function useGiving({ id }: Collection) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const body = new FormData();
        body.set("file", file);
        await api.post(`collections/${id}/documents/`, body);
      }
      return files.length;
    },
    onSuccess: (count) => {
      if (count > 0) toast(t("knowledge.uploaded", { count }), { kind: "success" });
    },
    onSettled: () => refresh(client, knowledgeKey),
  });
}
