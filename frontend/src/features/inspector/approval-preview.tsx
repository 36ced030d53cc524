// The card of a Human Approval at the width of a phone, with the data of the last run.

import "@/lib/messages/cards";
import { CircleAlert } from "lucide-react";
import type { JsonValue } from "@/api/types";
import { useDocumentState } from "@/features/editor";
import { CardPreview } from "@/features/inbox";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { useInputData } from "./data/use-input-data";
import { useSources } from "./data/use-sources";
import { useValuePreview } from "./expression/use-preview";
import { useInspected } from "./inspector-context";
import { cardOf } from "./model/card";
import { fieldsOf } from "./model/fields";
import { readLiteral } from "./model/stored-value";

type Part = { readonly value: JsonValue; readonly fault: string | null };

export function ApprovalPreview() {
  const { node, spec, itemIndex } = useInspected();
  const workflow = useDocumentState((state) => state.document.name);
  const [parent] = useSources(node.id);
  const item = useInputData(parent).items[itemIndex];
  const parts: { readonly [name: string]: Part } = {
    title: usePart("title"),
    headline: usePart("headline"),
    why: usePart("why"),
    message: usePart("message"),
    facts: usePart("facts"),
    documents: usePart("documents"),
    correctable: usePart("correctable"),
  };
  const values = Object.entries(parts).map(([name, { value }]) => [name, value] as const);
  const asking = { workflow, node: node.id, name: node.name };
  const card = cardOf(Object.fromEntries(values), item, asking);
  const faults = fieldsOf(spec?.params ?? {}).flatMap(({ name, label }) => {
    const fault = parts[name]?.fault;
    return fault ? [{ name, label, fault }] : [];
  });
  return (
    <section
      aria-label={t("inspector.card")}
      className="mt-5 flex flex-col gap-3 border-t border-line pt-4"
    >
      <h3 className="text-base font-medium">{t("inspector.card")}</h3>
      <p className="text-xs text-fg-muted">
        {item
          ? t("inspector.card.withData", { number: itemIndex + 1 })
          : t("inspector.card.noData")}
      </p>
      {faults.length > 0 && (
        <ul role="status" className="flex flex-col gap-1 text-xs text-error">
          {faults.map(({ name, label, fault }) => (
            <li key={name} className="flex gap-1.5">
              <Icon icon={CircleAlert} size={14} className="mt-px shrink-0" />
              <span className="min-w-0 wrap-anywhere">
                {t("inspector.card.fault", { field: label, message: fault })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="w-full max-w-[375px]">
        <CardPreview
          approval={{ ...card, title: card.title.trim() || t("inspector.card.untitled") }}
        />
      </div>
    </section>
  );
}

/** One parameter for the item that is looked at, by the server's evaluator where it has expressions. */
function usePart(name: string): Part {
  const { node } = useInspected();
  const stored = node.params[name] ?? null;
  const isComputed = JSON.stringify(stored).includes('{"=":');
  const { answer } = useValuePreview(isComputed ? stored : null);
  if (!isComputed) return { value: readLiteral(stored) ?? null, fault: null };
  if (!answer) return { value: null, fault: null };
  return answer.ok
    ? { value: answer.value, fault: null }
    : { value: null, fault: answer.error.message };
}
