// Two people changed the same thing: whose version stays, place by place, or mine as a copy.

import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Segmented } from "@/ui/segmented";
import type { Conflict, Side } from "../model/merge";
import type { SaveState, Saving } from "../saving/autosave";

type Props = {
  readonly saving: Saving;
  readonly conflict: Extract<SaveState, { kind: "conflict" }>;
  readonly onSaveCopy: () => void;
  readonly onClose: () => void;
};

export function ConflictDialog({ saving, conflict, onSaveCopy, onClose }: Props) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(
    () => new Map(conflict.conflicts.map(({ place }) => [place, "mine"])),
  );
  const author = conflict.author ?? t("editor.conflict.somebody");
  const choose = (place: string, side: Side) => setChoices(new Map(choices).set(place, side));
  const settle = () => {
    saving.resolve(choices);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.conflict.title", { author })}
      description={t("editor.conflict.hint")}
      footer={
        <>
          <Button onClick={onSaveCopy}>{t("editor.conflict.copy")}</Button>
          <Button variant="primary" onClick={settle}>
            {t("editor.conflict.settle")}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col divide-y divide-line">
        {conflict.conflicts.map((entry) => (
          <li key={entry.place} className="flex flex-wrap items-center justify-between gap-2 py-3">
            <span className="min-w-0">
              <span className="block font-medium">{entry.title}</span>
              <span className="block text-xs text-fg-subtle">{explain(entry)}</span>
            </span>
            <Segmented
              label={entry.title}
              value={choices.get(entry.place) ?? "mine"}
              segments={[
                { value: "mine", label: t("editor.conflict.mine") },
                { value: "theirs", label: t("editor.conflict.theirs", { author }) },
              ]}
              onChange={(side) => choose(entry.place, side)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function explain({ fields }: Conflict): string {
  return fields.length === 0
    ? t("editor.conflict.deleted")
    : t("editor.conflict.fields", { fields: fields.join(", ") });
}
