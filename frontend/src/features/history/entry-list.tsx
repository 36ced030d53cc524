// The entries of a history, newest first, below the draft; one of them is what is compared with.

import {
  FileInput,
  FilePlus2,
  GitCommitVertical,
  type LucideIcon,
  PencilRuler,
  Rocket,
  RotateCcw,
} from "lucide-react";
import type { HistoryEntry, HistoryKind, Workflow } from "@/api/types";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { kindOf, titleOf } from "./model/titles";

const ICONS: Readonly<Record<HistoryKind, LucideIcon>> = {
  published: Rocket,
  session: GitCommitVertical,
  restored: RotateCcw,
  imported: FileInput,
  created: FilePlus2,
};

type Props = {
  readonly workflow: Workflow;
  readonly entries: readonly HistoryEntry[];
  readonly chosen: string;
  readonly onChoose: (ref: string) => void;
};

export function EntryList({ workflow, entries, chosen, onChoose }: Props) {
  const { revision, updated_at, updated_by, published_version } = workflow;
  return (
    <ol aria-label={t("history.entries")} className="flex flex-col">
      <li className="flex items-start gap-2.5 border-b border-line px-4 py-3">
        <Icon icon={PencilRuler} className="mt-0.5 text-accent" />
        <span className="flex min-w-0 flex-col">
          <span className="font-medium">{t("history.draft")}</span>
          <Facts words={[`r${revision}`, updated_by?.name ?? ""]} at={updated_at} />
        </span>
      </li>
      {entries.map((entry) => (
        <li key={entry.ref}>
          <button
            type="button"
            aria-pressed={entry.ref === chosen}
            onClick={() => onChoose(entry.ref)}
            className="flex w-full items-start gap-2.5 border-b border-line px-4 py-3 text-start hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-accent-soft"
          >
            <Icon icon={ICONS[entry.kind]} className="mt-0.5 text-fg-muted" />
            <EntryText entry={entry} />
            {entry.number !== null && entry.number === published_version && (
              <Chip tone="success">{t("history.live")}</Chip>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
}

function EntryText({ entry }: { readonly entry: HistoryEntry }) {
  const words = [entry.name === "" ? "" : kindOf(entry), entry.author?.name ?? ""];
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="font-medium wrap-anywhere">{titleOf(entry)}</span>
      {entry.note && <span className="text-xs wrap-anywhere text-fg">{entry.note}</span>}
      <Facts words={words} at={entry.at} />
    </span>
  );
}

/** Who and when; a line never breaks within the time. */
function Facts({ words, at }: { readonly words: readonly string[]; readonly at: string }) {
  return (
    <span className="text-xs text-fg-muted">
      {words
        .filter(Boolean)
        .map((word) => `${word} · `)
        .join("")}
      <time dateTime={at} className="whitespace-nowrap">
        {formatMoment(at)}
      </time>
    </span>
  );
}
