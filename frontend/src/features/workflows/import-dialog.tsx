// Brings a workflow in: a file dropped or chosen, or JSON pasted.

import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { messageOf } from "@/api/problem";
import { cx } from "@/lib/cx";
import { type MessageKey, t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { Textarea } from "@/ui/textarea";
import { type Reading, readWorkflow } from "./model/transfer";
import { useImport } from "./use-organising";

const MAX_BYTES = 16 * 1024 * 1024;

const REASONS: Readonly<Record<Extract<Reading, { ok: false }>["reason"], MessageKey>> = {
  not_json: "workflows.importNotJson",
  not_a_workflow: "workflows.importNotWorkflow",
  other_format: "workflows.importOtherFormat",
};

type Props = {
  /** Where the workflows are put. */
  readonly folder: string | null;
  readonly onClose: () => void;
};

export function ImportDialog({ folder, onClose }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const bringing = useImport(folder, onClose);
  const bringIn = (given: string) => {
    const reading = readWorkflow(given);
    if (!reading.ok) return setError(t(REASONS[reading.reason]));
    setError(null);
    bringing.mutate(reading.file);
  };
  const takeFile = (file: File | undefined) => {
    if (!file) return;
    if (file.size > MAX_BYTES) return setError(t("workflows.importTooLarge"));
    file.text().then(bringIn, () => setError(t("workflows.importUnreadable")));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("workflows.importTitle")}
      description={t("workflows.importText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            disabled={text.trim() === ""}
            busy={bringing.isPending}
            onClick={() => bringIn(text)}
          >
            {t("workflows.import")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <DropZone onFile={takeFile} />
        <Textarea
          label={t("workflows.importPaste")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={error ?? (bringing.error && messageOf(bringing.error))}
          rows={6}
          spellCheck={false}
        />
      </div>
    </Dialog>
  );
}

function DropZone({ onFile }: { readonly onFile: (file: File | undefined) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "flex flex-col items-center gap-2 rounded-panel border border-dashed px-4 py-7 text-center text-fg-muted focus-within:outline-2 focus-within:outline-focus",
        over ? "border-accent bg-accent-soft" : "border-line-strong hover:bg-hover",
      )}
    >
      <Icon icon={FileUp} size={22} className="text-accent" />
      {t("workflows.importDrop")}
      <input
        type="file"
        accept="application/json,.json"
        className="sr-only"
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </label>
  );
}
