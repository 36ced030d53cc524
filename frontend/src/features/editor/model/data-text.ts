// Data in a text as items: JSON, or a table with its names in the first line (RFC 4180, or tabs).

import { isJsonList, isJsonObject } from "./json";
import type { Item, JsonObject, JsonValue } from "./types";

export type ImportedData = {
  readonly items: readonly Item[];
  /** What the node that gives them is called; null where the text came without a name. */
  readonly name: string | null;
};

const MAX_ITEMS = 1_000;
const TABLE = /\.(csv|tsv|tab)$/i;
const DELIMITERS = ["\t", ";", ","] as const;

/** The items in a text, the first 1,000; null where it is neither JSON data nor a table. */
export function dataIn(text: string, fileName: string | null): ImportedData | null {
  const isTable = fileName !== null && TABLE.test(fileName);
  const rows = isTable ? null : jsonRows(text);
  const objects = rows ?? tableRows(text, isTable);
  if (!objects || objects.length === 0) return null;
  const name =
    fileName
      ?.replace(/\.[^.]+$/, "")
      .trim()
      .slice(0, 80) || null;
  return { items: objects.slice(0, MAX_ITEMS).map(itemOf), name };
}

/** Items that were copied from an output keep their form; anything else is the item's JSON. */
function itemOf(value: JsonObject): Item {
  const keys = Object.keys(value);
  const isItem = isJsonObject(value["json"]) && keys.every((key) => ITEM_KEYS.includes(key));
  return { json: isItem ? (value["json"] as JsonObject) : value };
}

const ITEM_KEYS = ["json", "binary", "paired"];

function jsonRows(text: string): readonly JsonObject[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return jsonLines(text);
  }
  if (isJsonObject(value)) return [value];
  if (!isJsonList(value)) return null;
  return value.map((row): JsonObject => (isJsonObject(row) ? row : { value: row as JsonValue }));
}

/** One object a line, as logs have it. */
function jsonLines(text: string): readonly JsonObject[] | null {
  const lines = text.trim().split(/\r?\n/);
  if (lines.length < 2 || !lines.every((line) => line.startsWith("{"))) return null;
  try {
    return lines.map((line) => JSON.parse(line) as JsonObject);
  } catch {
    return null;
  }
}

/** A pasted text is taken for a table only where every line has the same number of cells. */
function tableRows(text: string, isTable: boolean): readonly JsonObject[] | null {
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const delimiter = [...DELIMITERS].sort(
    (a, b) => countOf(firstLine, b) - countOf(firstLine, a),
  )[0];
  if (delimiter === undefined) return null;
  const [names, ...rows] = cellsIn(text.replace(/^\uFEFF/, ""), delimiter);
  if (!names || rows.length === 0) return null;
  const isEven = names.length > 1 && rows.every((row) => row.length === names.length);
  // Prose has commas, too; cells beside one another come from spreadsheets with tabs.
  if (!isTable && !(isEven && delimiter === "\t")) return null;
  return rows.map((row) =>
    Object.fromEntries(
      names.map((name, index) => [name || `column_${index + 1}`, row[index] ?? ""]),
    ),
  );
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** RFC 4180: quoted cells may hold delimiters, line ends, and quotes written twice. */
function cellsIn(text: string, delimiter: string): readonly (readonly string[])[] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`,
    "y",
  );
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) return rows;
    const [, quoted, plain = "", end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === delimiter) continue;
    if (row.some((value) => value !== "")) rows.push(row);
    row = [];
  }
  return row.length > 0 ? [...rows, [...row, ""]] : rows;
}
