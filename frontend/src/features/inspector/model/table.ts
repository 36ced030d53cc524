// Items as a table: a column for every key of the first items.

import type { Item, JsonValue } from "@/api/types";
import { sampleOf } from "./data-tree";

const ITEMS_READ = 100;
const MAX_COLUMNS = 60;
const CELL_LENGTH = 200;
const CHARACTER_PX = 7.5;
const PADDING_PX = 28;
const MIN_PX = 72;
const MAX_PX = 320;
/** Objects and lists are better read in another view; here they only make room for the rest. */
const MAX_NESTED_PX = 160;

export type TableColumn = {
  readonly key: string;
  readonly widthPx: number;
  readonly isNumeric: boolean;
};

export function columnsOf(items: readonly Item[]): readonly TableColumn[] {
  const read = items.slice(0, ITEMS_READ);
  const keys = [...new Set(read.flatMap((item) => Object.keys(item.json)))].slice(0, MAX_COLUMNS);
  return keys.map((key) => {
    const values = read.map((item) => item.json[key]);
    const longest = Math.max(key.length, ...values.map((value) => cellText(value).length));
    return {
      key,
      widthPx: Math.min(
        values.some(isNested) ? MAX_NESTED_PX : MAX_PX,
        Math.max(MIN_PX, longest * CHARACTER_PX + PADDING_PX),
      ),
      isNumeric: values.some((value) => typeof value === "number"),
    };
  });
}

/** Whether a cell of this column does not show all of a value. */
export function isCut({ widthPx }: TableColumn, value: JsonValue | undefined): boolean {
  return isNested(value) || cellText(value).length * CHARACTER_PX + PADDING_PX > widthPx;
}

function isNested(value: JsonValue | undefined): boolean {
  return typeof value === "object" && value !== null;
}

/** What a cell shows: objects and lists as JSON, everything cut at 200 characters. */
export function cellText(value: JsonValue | undefined): string {
  if (typeof value !== "object" || value === null) return sampleOf(value, CELL_LENGTH);
  const text = JSON.stringify(value);
  return text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH)}…` : text;
}
