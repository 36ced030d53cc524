// Tries a search out: the passages with their scores, where they stand, and the words that fit.

import { useMutation } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { Fragment, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { Switch } from "@/ui/switch";
import { TextField } from "@/ui/text-field";
import type { Collection, Passage } from "./queries";

type Mode = "hybrid" | "vector" | "text";
const MODES: readonly Mode[] = ["hybrid", "vector", "text"];
/** Shorter ones are in every passage. */
const SHORTEST_WORD = 4;

type Way = { readonly mode: Mode; readonly rerank: boolean };

export function SearchCard({ collection }: { readonly collection: Collection }) {
  const [query, setQuery] = useState("");
  const [way, setWay] = useState<Way>({ mode: "hybrid", rerank: false });
  const asking = useMutation({
    mutationFn: (given: Way & { readonly query: string }) =>
      api.post<{ readonly results: readonly Passage[] }>(
        `collections/${collection.id}/search/`,
        given,
      ),
    meta: { quiet: true },
  });
  /** What was asked is asked again that way: passages of another would seem to be its own. */
  const change = (part: Partial<Way>) => {
    setWay({ ...way, ...part });
    if (asking.variables) asking.mutate({ ...asking.variables, ...part });
  };
  return (
    <Card title={t("knowledge.tryOut")} className="min-w-0">
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim()) asking.mutate({ ...way, query: query.trim() });
        }}
      >
        <div className="flex items-end gap-2">
          <TextField
            label={t("knowledge.question")}
            placeholder={t("knowledge.questionHint")}
            value={query}
            maxLength={4000}
            error={asking.error ? messageOf(asking.error) : null}
            className="min-w-0 flex-1"
            onChange={(event) => setQuery(event.target.value)}
          />
          <Button type="submit" variant="primary" icon={Search} busy={asking.isPending}>
            {t("knowledge.ask")}
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Segmented
            label={t("knowledge.tryOut")}
            value={way.mode}
            onChange={(mode) => change({ mode })}
            size="small"
            segments={MODES.map((value) => ({ value, label: t(`knowledge.by.${value}`) }))}
          />
          <Switch
            label={t("knowledge.rerank")}
            checked={way.rerank}
            onChange={(rerank) => change({ rerank })}
          />
        </div>
      </form>
      <div aria-live="polite">
        {asking.data && (
          <Results passages={asking.data.results} query={asking.variables?.query ?? ""} />
        )}
      </div>
    </Card>
  );
}

type ResultsProps = { readonly passages: readonly Passage[]; readonly query: string };

function Results({ passages, query }: ResultsProps) {
  if (passages.length === 0) {
    return (
      <p className="border-t border-line p-4 text-fg-muted">
        <strong className="font-semibold text-fg">{t("knowledge.noneFound")}</strong>{" "}
        {t("knowledge.noneFoundText")}
      </p>
    );
  }
  return (
    <>
      <p className="sr-only">{t("knowledge.found", { count: passages.length })}</p>
      <ol className="border-t border-line">
        {passages.map((passage) => (
          <Found key={passage.chunk_id} passage={passage} query={query} />
        ))}
      </ol>
    </>
  );
}

function Found({ passage, query }: { readonly passage: Passage; readonly query: string }) {
  const { ranks } = passage;
  const place = [passage.heading, passage.page && t("knowledge.page", { page: passage.page })];
  const percent = Math.round(passage.similarity * 100);
  return (
    <li className="border-b border-line p-4 last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium break-all">{passage.document}</span>
        <span className="text-fg-muted">{place.filter(Boolean).join(", ")}</span>
        <span className="ms-auto flex items-center gap-2 text-xs text-fg-muted">
          <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken">
            <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
          </span>
          {t("knowledge.similarity", { percent: `${percent} %` })}
        </span>
      </p>
      <p className="mt-1 whitespace-pre-line">
        <Marked text={passage.text} query={query} />
      </p>
      <p className="mt-1 text-xs text-fg-subtle">
        {t("knowledge.ranks", { vector: ranks.vector ?? "–", text: ranks.text ?? "–" })}
      </p>
    </li>
  );
}

/** The words of the question stand out where they occur. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const words = query.match(/[\p{L}\p{N}]+/gu)?.filter((one) => one.length >= SHORTEST_WORD) ?? [];
  if (words.length === 0) return text;
  const parts = text.split(new RegExp(`(${words.join("|")})`, "giu"));
  let place = 0;
  return parts.map((part, index) => {
    place += part.length;
    const key = `${place}-${index}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return (
      <mark key={key} className="rounded-small bg-accent-soft px-0.5 text-fg">
        {part}
      </mark>
    );
  });
}
