// JSON, pages and references, as every part of the API uses them.

export type JsonPrimitive = string | number | boolean | null;
export type JsonValue = JsonPrimitive | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON Schema as pydantic writes it, with our `x-ui` hints left as they come. */
export type JsonSchema = { readonly [keyword: string]: JsonValue };

export type Page<T> = { readonly results: readonly T[]; readonly next: string | null };
