// Source text and JSON with colours. JSON is stored as a value and only while the text is valid.

import { useMemo } from "react";
import type { JsonValue } from "@/api/types";
import { t } from "@/lib/i18n";
import { CodeEditor } from "../expression/code-editor";
import { useKnownData } from "../expression/use-known-data";
import { useDraft } from "../form/use-draft";
import { textOf } from "../model/json";
import type { ControlNaming, ControlProps } from "./control";

/** What a `label` says of a plain field, an editor has to be told by itself. */
const named = (naming: ControlNaming, label: string): ControlNaming => ({
  ...naming,
  "aria-label": naming["aria-label"] ?? label,
});

export function CodeControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const known = useKnownData();
  const support = useMemo(() => ({ known }), [known]);
  return (
    <CodeEditor
      naming={named(naming, field.label)}
      language={field.hints.language}
      text={textOf(value)}
      disabled={disabled}
      support={support}
      onText={onChange}
    />
  );
}

const printJson = (value: JsonValue | undefined): string =>
  value === undefined ? "" : JSON.stringify(value, null, 2);

function parseJson(text: string): JsonValue | undefined {
  try {
    return text.trim() === "" ? null : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

export function JsonControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const draft = useDraft(value === null ? undefined : value, printJson, parseJson, onChange);
  return (
    <div className="flex flex-col gap-1.5">
      <CodeEditor
        naming={named(naming, field.label)}
        language="json"
        text={draft.text}
        disabled={disabled}
        onText={draft.type}
      />
      {draft.isBroken && (
        <p role="alert" className="text-xs text-error">
          {t("inspector.json.broken", { problem: problemOf(draft.text) })}
        </p>
      )}
    </div>
  );
}

function problemOf(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}
