// What an agent did for one item, as a conversation: what it thought and said, the tools it called with what
// it gave them and what came back, and what each step cost.

import "@/lib/messages/agents";
import { Bot, Brain, CircleAlert, CircleCheck, Wrench } from "lucide-react";
import type { JsonObject, JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Icon } from "@/ui/icon";
import { isObject, listOf, textOf } from "../model/json";

const MICRO = 1_000_000;

export function Conversation({ agent }: { readonly agent: JsonObject }) {
  const steps = listOf(agent["steps"]).filter(isObject);
  const stopped = textOf(agent["stopped"]);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto p-3">
      <ol aria-label={t("agents.conversation")} className="flex flex-col gap-2.5">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name and never move.
          <li key={index}>
            {step["kind"] === "tool" ? <Called step={step} /> : <Said step={step} />}
          </li>
        ))}
      </ol>
      {stopped !== "" && (
        <p className="mt-3 flex gap-2 rounded-control bg-warn-soft p-2.5 text-warn">
          <Icon icon={CircleAlert} className="mt-px" />
          {t("agents.stopped", { why: stopped })}
        </p>
      )}
      <p className="mt-3 border-t border-line pt-2 text-xs text-fg-subtle">
        {t("agents.total", {
          turns: countOf(agent["turns"]),
          tokens: formatNumber(countOf(agent["input_tokens"]) + countOf(agent["output_tokens"])),
          cost: costOf(agent),
        })}
      </p>
    </div>
  );
}

function Said({ step }: { readonly step: JsonObject }) {
  const thought = textOf(step["thought"]);
  const text = textOf(step["text"]);
  return (
    <div className="flex gap-2.5">
      <Mark icon={Bot} className="text-tint-violet" />
      <div className="min-w-0 flex-1">
        {thought !== "" && (
          <p className="mb-1 flex gap-1.5 text-fg-muted italic">
            <Icon icon={Brain} size={14} label={t("agents.thought")} className="mt-0.5 shrink-0" />
            <span className="whitespace-pre-wrap wrap-anywhere">{thought}</span>
          </p>
        )}
        {text !== "" && <p className="whitespace-pre-wrap wrap-anywhere">{text}</p>}
        <p className="text-2xs text-fg-subtle">
          {t("agents.step", {
            model: textOf(step["model"]),
            tokens: formatNumber(countOf(step["tokens"])),
            cost: costOf(step),
          })}
        </p>
      </div>
    </div>
  );
}

function Called({ step }: { readonly step: JsonObject }) {
  const failed = step["is_error"] === true;
  return (
    <div className="flex gap-2.5">
      <Mark icon={Wrench} className="text-tint-amber" />
      <div className="min-w-0 flex-1 rounded-control border border-line bg-surface">
        <p className="flex items-center gap-1.5 px-2.5 py-1.5 font-medium">
          <span className="min-w-0 flex-1 truncate font-code text-xs">{textOf(step["tool"])}</span>
          <Icon
            icon={failed ? CircleAlert : CircleCheck}
            size={14}
            label={failed ? t("agents.callFailed") : t("agents.callDone")}
            className={failed ? "text-error" : "text-success"}
          />
        </p>
        <Part label={t("agents.arguments")} value={step["arguments"]} />
        <Part label={t("agents.result")} value={step["result"]} />
      </div>
    </div>
  );
}

type PartProps = { readonly label: string; readonly value: JsonValue | undefined };

function Part({ label, value }: PartProps) {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null, null, 1);
  return (
    <details open className="border-t border-line px-2.5 py-1.5">
      <summary className="cursor-pointer rounded-small text-2xs font-medium text-fg-subtle">
        {label}
      </summary>
      <pre className="mt-1 max-h-40 overflow-auto font-code text-xs whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
    </details>
  );
}

type MarkProps = { readonly icon: typeof Bot; readonly className: string };

function Mark({ icon, className }: MarkProps) {
  return (
    <span
      className={cx(
        "flex size-6 shrink-0 items-center justify-center rounded-full bg-current/12",
        className,
      )}
    >
      <Icon icon={icon} size={14} />
    </span>
  );
}

const countOf = (value: JsonValue | undefined): number => (typeof value === "number" ? value : 0);

const costOf = (of: JsonObject): string => formatMoney(Math.round(countOf(of["cost"]) * MICRO));
