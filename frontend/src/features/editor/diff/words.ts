// Field paths and values as people read them.

import "@/lib/messages/history";
import type { JsonValue, NodeSpec } from "@/api/types";
import { isKnown, t } from "@/lib/i18n";
import { isJsonObject } from "../model/json";
import { paramTitle } from "../model/problems";

const LONGEST = 400;

/** `URL`, `Retry · max_attempts`: a parameter by the title of its form, other fields by our words. */
export function fieldLabel(path: readonly string[], spec: NodeSpec | undefined): string {
  const [first = "", second, ...rest] = path;
  if (first === "params" && second !== undefined) {
    return [paramTitle(second, spec) ?? second, ...rest.map(counted)].join(" · ");
  }
  const key = `history.field.${first === "settings" && second !== undefined ? second : first}`;
  const name = isKnown(key) ? t(key) : (second ?? first);
  const tail = first === "settings" ? rest : path.slice(1);
  return [name, ...tail.map(counted)].join(" · ");
}

/** Entries of lists are counted from 1. */
const counted = (step: string): string => (/^\d+$/.test(step) ? String(Number(step) + 1) : step);

/** A text as it is, an expression as it is written, anything else as JSON; cut where it is long. */
export function valueText(value: JsonValue): string {
  const written = isJsonObject(value) ? value["="] : value;
  const text =
    typeof written === "string" ? written || t("history.emptyText") : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
