// Expressions that name a value of another node: `{{ $("New order").item.json.body.total }}`.

import type { Path } from "./json";

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

/** `.body["first name"][0]` behind a name. */
export function pathSuffix(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === "number") return `[${step}]`;
      return PLAIN_KEY.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join("");
}

/** The path to a value of a node's item, always by name so that new nodes in between change nothing. */
export function itemReference(nodeName: string, path: Path): string {
  return `$(${JSON.stringify(nodeName)}).item.json${pathSuffix(path)}`;
}

export const inBraces = (expression: string): string => `{{ ${expression} }}`;

/** A template with a reference put in at the caret. */
export function insertAt(template: string, caret: number, expression: string): string {
  return template.slice(0, caret) + expression + template.slice(caret);
}

/** True where the caret stands inside `{{ … }}`, so that a reference needs no braces of its own. */
export function isInsideBraces(template: string, caret: number): boolean {
  const before = template.slice(0, caret);
  return before.lastIndexOf("{{") > before.lastIndexOf("}}");
}

/**
 * Is the reference somewhere in the text, and there not only the beginning of a longer one? What
 * follows the reference of a leaf is a function of its value.
 */
export function mentions(text: string, reference: string, isLeaf: boolean): boolean {
  const goesOn = isLeaf ? /^\w/ : /^[\w.[]/;
  for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1)) {
    if (!goesOn.test(text.slice(at + reference.length))) return true;
  }
  return false;
}
