// The workflow's name, renamed in place.

import { useState } from "react";
import { t } from "@/lib/i18n";
import { useCommit, useDocument, useDocumentState } from "../store";

const MAX_LENGTH = 120;

export function WorkflowName() {
  const name = useDocument((document) => document.name);
  const readOnly = useDocumentState((state) => state.readOnly);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = useCommit();
  if (readOnly) return <h1 className="truncate text-base font-semibold">{name}</h1>;
  const finish = () => {
    const wanted = draft?.trim() ?? "";
    setDraft(null);
    if (wanted === "" || wanted === name) return;
    commit(t("editor.step.renameWorkflow"), (document) => ({ ...document, name: wanted }));
  };
  if (draft === null) {
    return (
      <h1 className="min-w-0 text-base">
        <button
          type="button"
          title={t("editor.renameWorkflow")}
          onClick={() => setDraft(name)}
          className="max-w-full truncate rounded-small px-1 font-semibold hover:bg-hover"
        >
          {name}
        </button>
      </h1>
    );
  }
  return (
    <input
      ref={(field) => field?.focus()}
      aria-label={t("editor.renameWorkflow")}
      value={draft}
      maxLength={MAX_LENGTH}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") setDraft(null);
      }}
      className="h-7 w-56 rounded-small border border-accent bg-surface px-1 font-semibold outline-none"
    />
  );
}
