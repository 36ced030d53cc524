// Items as people write them: a JSON list of `{"json": …}` objects, or of bare objects.

import { t } from "./i18n";

type Wrapped = { readonly json: object };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The items of a text, or what is wrong with it. */
export function parseItems<T extends Wrapped>(text: string): readonly T[] | string {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || !value.every(isObject)) return t("common.notItems");
    return value.map((one) => (isObject(one["json"]) ? one : { json: one }) as unknown as T);
  } catch (error) {
    return error instanceof Error ? error.message : t("errors.unexpected");
  }
}
