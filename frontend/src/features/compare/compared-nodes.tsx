// What differs node by node: what the colours of the canvas mean, and, where there is no room for a canvas,
// the nodes themselves as a list.

import "@/lib/messages/compared";
import type { WorkflowNode } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { DIFFERENCES, type Difference } from "./model/differences";
import { DOTS } from "./model/tones";

type Numbers = readonly [left: number, right: number];

const wordOf = (kind: Difference, [left, right]: Numbers): string =>
  t(`compared.kind.${kind}`, { number: kind === "only_right" ? right : left });

const Dot = ({ kind }: { readonly kind: Difference }) => (
  <span aria-hidden className={cx("size-2.5 shrink-0 rounded-full", DOTS[kind])} />
);

type LegendProps = {
  readonly marks: ReadonlyMap<string, Difference>;
  readonly numbers: Numbers;
};

/** The kinds that occur, the gravest first, with the number of nodes. */
export function DifferenceLegend({ marks, numbers }: LegendProps) {
  const found = [...marks.values()];
  const kinds = DIFFERENCES.toReversed().filter((kind) => found.includes(kind));
  return (
    <ul
      aria-label={t("compared.kinds")}
      className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2 text-xs text-fg-muted"
    >
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <Dot kind={kind} />
          {wordOf(kind, numbers)}
          <span className="tabular-nums">({found.filter((one) => one === kind).length})</span>
        </li>
      ))}
    </ul>
  );
}

type ListProps = LegendProps & {
  /** Of the nodes that ran in either, in order. */
  readonly names: ReadonlyMap<string, string>;
  /** All there are. */
  readonly nodes: readonly WorkflowNode[];
  readonly chosen: string | undefined;
  readonly onChoose: (node: string) => void;
};

export function DifferenceList({ marks, numbers, names, nodes, chosen, onChoose }: ListProps) {
  return (
    <ul aria-label={t("compared.nodes")} className="divide-y divide-line">
      {[...names].map(([node, name]) => {
        const kind = marks.get(node) ?? "same";
        return (
          <li key={node}>
            <button
              type="button"
              aria-pressed={node === chosen}
              onClick={() => onChoose(node)}
              className="flex min-h-touch w-full items-center gap-2.5 px-4 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Dot kind={kind} />
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <span className="text-xs text-fg-muted">{wordOf(kind, numbers)}</span>
            </button>
          </li>
        );
      })}
      {nodes
        .filter(({ id }) => marks.get(id) === "idle")
        .map(({ id, name }) => (
          <li
            key={id}
            className="flex min-h-touch items-center gap-2.5 px-4 py-2 text-xs text-fg-muted"
          >
            <Dot kind="idle" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {wordOf("idle", numbers)}
          </li>
        ))}
    </ul>
  );
}
