// The form of one node: credentials, parameters, and what is wrong with them once it is time to say.

import { useMemo, useState } from "react";
import type { JsonObject, NodeSpec, Problem } from "@/api/types";
import {
  isAttached,
  setParams,
  useCommit,
  useDocument,
  useDocumentState,
  useEditor,
} from "@/features/editor";
import { useRunSummary } from "@/features/runs";
import { type MessageKey, t } from "@/lib/i18n";
import { controlFor } from "../controls";
import { useInspected } from "../inspector-context";
import { fieldsOf } from "../model/fields";
import { type Path, pointerOf } from "../model/json";
import { type Issue, issuesOf } from "../model/validate";
import { isOutdated } from "../outdated";
import { CredentialSlots } from "./credential-slots";
import { FieldGrid } from "./field-grid";
import { type Form, FormContext, otherValuesOf } from "./form-context";
import { ToolDescription } from "./tool-description";

type Props = {
  readonly spec: NodeSpec;
  /** Show everything that is wrong at once: somebody came here for it. */
  readonly showAll: boolean;
};

export function ParameterForm({ spec, showAll }: Props) {
  const { node } = useInspected();
  const commit = useCommit();
  const isClosed = useDocumentState((state) => state.readOnly);
  // What the form of another version wrote into it would be taken for that version's.
  const readOnly = isClosed || isOutdated(node, spec);
  const form = useFormOf(spec, showAll, readOnly);
  const fields = useMemo(() => fieldsOf(spec.params), [spec]);
  const change = (params: JsonObject, name: string) => {
    const label = fields.find((field) => field.name === name)?.label ?? name;
    commit(
      t("inspector.step.param", { label, name: node.name }),
      (document) => setParams(document, node.id, params),
      { key: `params:${node.id}:${name}` },
    );
  };
  return (
    <FormContext value={form}>
      <div className="flex flex-col gap-4">
        <ToolDescription spec={spec} disabled={readOnly} />
        <CredentialSlots />
        <FieldGrid
          fields={fields}
          values={form.params}
          path={[]}
          disabled={readOnly}
          onChange={change}
        />
        {fields.length === 0 && spec.credentials.length === 0 && (
          <p className="text-fg-muted">{t("inspector.form.nothing")}</p>
        )}
      </div>
    </FormContext>
  );
}

function useFormOf(spec: NodeSpec, showAll: boolean, readOnly: boolean): Form {
  const { node } = useInspected();
  const { docStore } = useEditor();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const wasRun = useRunSummary() !== null;
  const timezone = useDocument((document) => document.settings?.timezone) || "UTC";
  const isTool = useDocument((document) => isAttached(document, node.id));
  const problems = useDocumentState((state) => state.problems);
  const params = useMemo(() => ({ ...spec.defaults, ...node.params }), [spec, node.params]);
  const issues = useMemo(() => issuesOf(spec.params, params), [spec, params]);

  return useMemo(() => {
    const saysAll = showAll || wasRun;
    return {
      nodeId: node.id,
      spec,
      params,
      timezone,
      readOnly,
      isTool,
      otherValues: otherValuesOf(docStore),
      controlFor,
      touch: (path: Path) =>
        setTouched((before) =>
          before.has(pointerOf(path)) ? before : new Set(before).add(pointerOf(path)),
        ),
      messageAt: (path: Path, deep: boolean) => {
        const pointer = pointerOf(path);
        const isDue = saysAll || [...touched].some((place) => isWithin(place, pointer));
        const isHere = (place: string) => (deep ? isWithin(place, pointer) : place === pointer);
        return isDue ? messageFor(isHere, issues, problems, node.id) : null;
      },
    };
  }, [
    docStore,
    node.id,
    spec,
    params,
    timezone,
    readOnly,
    isTool,
    touched,
    issues,
    problems,
    showAll,
    wasRun,
  ]);
}

const isWithin = (place: string, pointer: string): boolean =>
  place === pointer || place.startsWith(`${pointer}/`);

function messageFor(
  isHere: (pointer: string) => boolean,
  issues: readonly Issue[],
  problems: readonly Problem[],
  node: string,
): string | null {
  const issue = issues.find(({ pointer }) => isHere(pointer));
  if (issue) return t(ruleKey(issue), { limit: issue.limit });
  const problem = problems.find(
    (one) => one.node === node && isHere(one.path.replace(/^\/nodes\/\d+\/params/, "")),
  );
  return problem?.message ?? null;
}

const ruleKey = ({ rule }: Issue): MessageKey => `inspector.invalid.${rule}`;
