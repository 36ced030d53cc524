// Two people changed the same thing: both graphs side by side, and whose version stays of each place.

import "@/lib/messages/dialogs";
import { useState } from "react";
import { useStore } from "zustand";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Segmented } from "@/ui/segmented";
import { fieldLabel, valueText } from "../diff/words";
import { valueAt } from "../model/conflicts";
import type { Conflict, Side } from "../model/merge";
import { nodeById, type WorkflowDocument } from "../model/types";
import type { SaveState, Saving } from "../saving/autosave";
import { useDocument, useEditor } from "../store";
import { ConflictGraph } from "./conflict-graph";
import { useSaveCopy } from "./use-save-copy";

type Props = { readonly saving: Saving; readonly onClose: () => void };

export function ConflictDialog({ saving, onClose }: Props) {
  const state = useStore(saving.state);
  return state.kind === "conflict" ? (
    <OpenConflict saving={saving} conflict={state} onClose={onClose} />
  ) : null;
}

type OpenProps = Props & { readonly conflict: Extract<SaveState, { kind: "conflict" }> };

function OpenConflict({ saving, conflict, onClose }: OpenProps) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(
    () => new Map(conflict.conflicts.map(({ place }) => [place, "mine"])),
  );
  const mine = useDocument((whole) => whole);
  const saveCopy = useSaveCopy(saving, conflict, onClose);
  const author = conflict.author ?? t("editor.mergedSomebody");
  const choose = (place: string, side: Side) => setChoices(new Map(choices).set(place, side));
  const settle = () => {
    saving.resolve(choices);
    onClose();
  };
  const graphs = [
    ["mine", t("editor.conflict.mine"), mine],
    ["theirs", t("editor.conflict.theirs", { author }), conflict.theirs.document],
  ] as const;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.conflict.title", { author })}
      description={t("editor.conflict.hint")}
      width="full"
      footer={
        <>
          <Button onClick={() => void saveCopy()}>{t("editor.conflict.copy")}</Button>
          <Button variant="primary" onClick={settle}>
            {t("editor.conflict.settle")}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3 max-md:hidden">
        {graphs.map(([side, title, document]) => (
          <ConflictGraph
            key={side}
            title={title}
            document={document}
            conflicts={conflict.conflicts}
            onPick={(place) => setChoices((known) => new Map(known).set(place, side))}
          />
        ))}
      </div>
      <p className="pt-2 text-xs text-fg-muted max-md:hidden">{t("editor.conflict.pick")}</p>
      <ul className="flex flex-col divide-y divide-line">
        {conflict.conflicts.map((entry) => (
          <li key={entry.place} className="flex flex-col gap-2 py-3">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0">
                <span className="block font-medium">{entry.title}</span>
                {entry.fields.length === 0 && (
                  <span className="block text-xs text-fg-subtle">
                    {t("editor.conflict.deleted")}
                  </span>
                )}
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
            </span>
            <BothValues
              conflict={entry}
              mine={mine}
              theirs={conflict.theirs.document}
              chosen={choices.get(entry.place) ?? "mine"}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type ValuesProps = {
  readonly conflict: Conflict;
  readonly mine: WorkflowDocument;
  readonly theirs: WorkflowDocument;
  readonly chosen: Side;
};

function BothValues({ conflict, mine, theirs, chosen }: ValuesProps) {
  const { catalog } = useEditor();
  const node = nodeById(mine, conflict.place.replace(/^nodes\//, ""));
  const spec = node && catalog.byType(node.type);
  return conflict.fields.map((field) => (
    <dl key={field} className="grid grid-cols-2 gap-x-3 gap-y-0.5 text-xs">
      <dt className="col-span-2 text-fg-muted">{fieldLabel(field.split("."), spec)}</dt>
      {([mine, theirs] as const).map((document, at) => {
        const value = valueAt(document, conflict.place, field);
        const isChosen = (chosen === "mine") === (at === 0);
        return (
          <dd
            key={at === 0 ? "mine" : "theirs"}
            className={`min-w-0 rounded-small px-1.5 py-0.5 font-code wrap-anywhere ${
              isChosen ? "bg-accent-soft text-fg" : "bg-sunken text-fg-muted"
            }`}
          >
            {value === undefined ? t("editor.conflict.none") : valueText(value)}
          </dd>
        );
      })}
    </dl>
  ));
}
