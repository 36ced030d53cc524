// Every text that people read comes through `t(key)`; messages use a small part of ICU.

import { isLoaded, type MessageKey, textOf } from "./messages";

import { pseudo } from "./pseudo";

export type { MessageKey } from "./messages";
export type MessageValues = { readonly [name: string]: string | number };

const LOCALE = "en";
const plurals = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);

/** Set by tests that look for texts that are cut off. */
const IS_PSEUDO = globalThis.localStorage?.getItem("headrace.locale") === "pseudo";

/** The message with `{name}` and `{n, plural, one {# item} other {# items}}` filled in. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  const message = textOf(key);
  return fill(IS_PSEUDO ? pseudo(message) : message, values);
}

/** True for a key that has a message: for words that a newer server may say. */
export function isKnown(key: string): key is MessageKey {
  return isLoaded(key);
}

/** Fills a message. Braces nest; an unknown name stays visible as `{name}`. */
export function fill(message: string, values: MessageValues): string {
  let text = "";
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf("{", at);
    if (open < 0) break;
    const close = closingBrace(message, open);
    text += message.slice(at, open) + placeholder(message.slice(open + 1, close), values);
    at = close + 1;
  }
  return text + message.slice(at);
}

function closingBrace(message: string, open: number): number {
  let depth = 0;
  for (let at = open; at < message.length; at += 1) {
    if (message[at] === "{") depth += 1;
    if (message[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`Unclosed brace in message: ${message}`);
}

function placeholder(inner: string, values: MessageValues): string {
  const [name = "", kind, ...rest] = inner.split(",").map((part) => part.trim());
  const value = values[name];
  if (value === undefined) return `{${inner}}`;
  if (kind === "plural") return plural(rest.join(", "), Number(value), values);
  return typeof value === "number" ? numbers.format(value) : value;
}

function plural(choices: string, count: number, values: MessageValues): string {
  const found =
    choiceText(choices, `=${count}`) ??
    choiceText(choices, plurals.select(count)) ??
    choiceText(choices, "other") ??
    "";
  return fill(found.replaceAll("#", numbers.format(count)), values);
}

function choiceText(choices: string, name: string): string | null {
  let at = 0;
  while (at < choices.length) {
    const open = choices.indexOf("{", at);
    if (open < 0) return null;
    const close = closingBrace(choices, open);
    if (choices.slice(at, open).trim() === name) return choices.slice(open + 1, close);
    at = close + 1;
  }
  return null;
}
