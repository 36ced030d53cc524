// What the node's author says about it, with examples that can be taken over.

import { ClipboardPaste } from "lucide-react";
import type { NodeExample } from "@/api/types";
import { setParams, useCommit, useDocumentState } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Markdown } from "@/ui/markdown";
import { useInspected } from "./inspector-context";

export function DocsTab() {
  const { spec } = useInspected();
  if (!spec) return null;
  return (
    <div className="flex flex-col gap-4">
      <Markdown text={spec.documentation || spec.description} />
      {spec.examples.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="text-md">{t("inspector.docs.examples")}</h3>
          {spec.examples.map((example) => (
            <Example key={example.title} example={example} />
          ))}
        </section>
      )}
      <p className="text-xs text-fg-subtle">
        <span className="font-code">{spec.type}</span> ·{" "}
        {t("inspector.version", { version: spec.version })} · {spec.package.name}{" "}
        {spec.package.version}
      </p>
    </div>
  );
}

function Example({ example }: { readonly example: NodeExample }) {
  const { node, spec } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  const use = () =>
    commit(t("inspector.step.example", { name: node.name }), (document) =>
      setParams(document, node.id, { ...spec?.defaults, ...example.params }),
    );
  return (
    <article className="rounded-control border border-line bg-sunken">
      <header className="flex items-center justify-between gap-2 py-1 ps-3 pe-1.5">
        <h4 className="text-base font-medium">{example.title}</h4>
        {!readOnly && (
          <Button size="small" variant="ghost" icon={ClipboardPaste} onClick={use}>
            {t("inspector.docs.use")}
          </Button>
        )}
      </header>
      <pre className="border-t border-line p-3 font-code text-xs wrap-anywhere whitespace-pre-wrap">
        {JSON.stringify(example.params, null, 2)}
      </pre>
    </article>
  );
}
