// What makes a text editor an expression editor: chips, suggestions, and dropped references.

import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { hasReference, takeReference } from "../mapping";
import { type KnownData, suggestionsFor } from "../model/completion";
import { inBraces, isInsideBraces } from "../model/reference";

export type ExpressionSupport = { readonly known: KnownData };

export function expressionLanguage(support: () => ExpressionSupport | undefined): Extension {
  return [
    chips,
    drops,
    autocompletion({
      override: [(context) => complete(context, support())],
      icons: false,
      maxRenderedOptions: 60,
    }),
  ];
}

function complete(
  context: CompletionContext,
  support: ExpressionSupport | undefined,
): CompletionResult | null {
  if (!support) return null;
  const before = context.state.sliceDoc(0, context.pos);
  if (!context.explicit && !/[\w$.("' {]$/.test(before)) return null;
  const found = suggestionsFor(before, support.known);
  if (!found || found.options.length === 0) return null;
  return {
    from: found.from,
    validFor: /^[\w$]*$/,
    options: found.options.map(({ label, insert, detail, help, kind }) => ({
      label,
      type: kind,
      detail,
      boost: BOOSTS[kind] ?? 0,
      ...(help ? { info: help } : {}),
      apply: (view: EditorView, _: unknown, from: number, to: number) =>
        apply(view, insert ?? label, from, to),
    })),
  };
}

/** Data first: it is what people come for. */
const BOOSTS: Readonly<Record<string, number>> = { property: 2, node: 1 };

/** Puts a suggestion in: brackets take the dot before them away, calls leave the caret inside. */
function apply(view: EditorView, insert: string, from: number, to: number): void {
  const takesDot = insert.startsWith("[") && view.state.sliceDoc(from - 1, from) === ".";
  const start = takesDot ? from - 1 : from;
  const caret = start + insert.length - (insert.endsWith("()") ? 1 : 0);
  view.dispatch({
    changes: { from: start, to, insert },
    selection: { anchor: caret },
    userEvent: "input.complete",
  });
}

const chip = Decoration.mark({ class: "cm-expression" });

function chipsOf(view: EditorView): DecorationSet {
  const text = view.state.doc.toString();
  const ranges = [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].map((found) =>
    chip.range(found.index, found.index + found[0].length),
  );
  return Decoration.set(ranges);
}

const chips = ViewPlugin.define(
  (view) => ({
    decorations: chipsOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = chipsOf(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

const drops = EditorView.domEventHandlers({
  dragover: (event) => {
    if (!hasReference(event.dataTransfer)) return false;
    event.preventDefault();
    return true;
  },
  drop: (event, view) => {
    const reference = takeReference(event.dataTransfer);
    if (!reference) return false;
    event.preventDefault();
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
    insertReference(view, reference.expression, at);
    return true;
  },
});

export function insertReference(view: EditorView, expression: string, at: number): void {
  const insert = textFor(view.state.doc.toString(), expression, at);
  view.dispatch({ changes: { from: at, insert }, selection: { anchor: at + insert.length } });
  view.focus();
}

/** Within braces a reference stands as it is. */
function textFor(template: string, expression: string, at: number): string {
  return isInsideBraces(template, at) ? expression : inBraces(expression);
}
