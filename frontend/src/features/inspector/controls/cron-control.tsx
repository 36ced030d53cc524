// A cron expression with what it means in words and the next times that it gives.

import { useState } from "react";
import { formatRelative } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import { Input } from "@/ui/input";
import { SelectInput } from "@/ui/select";
import { useForm } from "../form/form-context";
import { type Cron, describeCron, isCron, nextTimes, parseCron } from "../model/cron";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

const PRESETS = [
  ["*/5 * * * *", "inspector.cron.preset.five"],
  ["0 * * * *", "inspector.cron.preset.hour"],
  ["0 9 * * *", "inspector.cron.preset.day"],
  ["0 9 * * 1-5", "inspector.cron.preset.weekdays"],
  ["0 9 * * 1", "inspector.cron.preset.week"],
  ["0 9 1 * *", "inspector.cron.preset.month"],
] as const;

const SHOWN_TIMES = 3;

export function CronControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const { params, timezone } = useForm();
  const source = textOf(value);
  const zone = textOf(params["timezone"]) || timezone;
  const found = parseCron(source);
  const options = PRESETS.map(([preset, label]) => ({ value: preset, label: t(label) }));
  return (
    <div className="flex flex-col gap-1.5">
      <span className="flex gap-2">
        <Input
          {...naming}
          value={source}
          disabled={disabled}
          spellCheck={false}
          autoComplete="off"
          placeholder="0 9 * * 1-5"
          className="font-code"
          onChange={({ target }) => onChange(target.value)}
        />
        <div className="w-40 shrink-0">
          <SelectInput
            aria-label={t("inspector.cron.presets", { label: field.label })}
            value={options.some((option) => option.value === source) ? source : ""}
            options={options}
            placeholder={t("inspector.cron.preset")}
            disabled={disabled}
            onChange={onChange}
          />
        </div>
      </span>
      {isCron(found) ? (
        <CronMeaning cron={found} zone={zone} />
      ) : (
        <p className="text-xs text-error">
          {found.field === null
            ? t("inspector.cron.fiveFields")
            : t("inspector.cron.wrongField", { field: t(fieldKey(found.field)) })}
        </p>
      )}
    </div>
  );
}

const fieldKey = (field: string) => `inspector.cron.field.${field}` as MessageKey;

type MeaningProps = { readonly cron: Cron; readonly zone: string };

function CronMeaning({ cron, zone }: MeaningProps) {
  const [from] = useState(() => new Date());
  const times = nextTimes(cron, zone, from, SHOWN_TIMES);
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <div className="rounded-control border border-line bg-sunken px-2.5 py-1.5 text-xs text-fg-muted">
      <p className="font-medium text-fg">{wordsFor(cron)}</p>
      {times.length === 0 && <p className="text-warn">{t("inspector.cron.never")}</p>}
      <ol aria-label={t("inspector.cron.next", { zone })}>
        {times.map((time) => (
          <li key={time.getTime()} className="flex justify-between gap-3">
            <time dateTime={time.toISOString()}>{format.format(time)}</time>
            <span className="text-fg-subtle">{formatRelative(time.toISOString())}</span>
          </li>
        ))}
      </ol>
      <p className="text-fg-subtle">{t("inspector.cron.zone", { zone })}</p>
    </div>
  );
}

const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0];
const WORKING_DAYS = "1,2,3,4,5";

function wordsFor(cron: Cron): string {
  const words = describeCron(cron);
  switch (words.kind) {
    case "minutes":
      return t("inspector.cron.words.minutes", { every: words.every });
    case "hourly":
      return t("inspector.cron.words.hourly", { minute: words.minute });
    case "daily":
      return t("inspector.cron.words.daily", { time: words.time });
    case "weekly":
      return words.weekdays.join() === WORKING_DAYS
        ? t("inspector.cron.words.weekdays", { time: words.time })
        : t("inspector.cron.words.weekly", { time: words.time, days: dayNames(words.weekdays) });
    case "monthly":
      return t("inspector.cron.words.monthly", { time: words.time, days: words.days.join(", ") });
    case "other":
      return t("inspector.cron.words.other");
  }
}

const weekdayFormat = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" });
const A_SUNDAY = Date.UTC(2026, 0, 4);
const DAY_MS = 86_400_000;

function dayNames(weekdays: readonly number[]): string {
  const named = MONDAY_FIRST.filter((day) => weekdays.includes(day));
  return named.map((day) => weekdayFormat.format(A_SUNDAY + day * DAY_MS)).join(", ");
}
