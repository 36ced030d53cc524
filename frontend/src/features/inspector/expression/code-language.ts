// The grammars of code nodes and their suggestions: large and rarely needed, so loaded on their own.

import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { python, pythonLanguage } from "@codemirror/lang-python";
import type { Extension } from "@codemirror/state";
import { type CodeLanguage, codeSuggestionsFor } from "../model/code-completion";
import type { DataNode } from "../model/data-tree";

/** `data` is what the item that is looked at holds, asked for at every suggestion. */
export function codeLanguage(kind: CodeLanguage, data: () => readonly DataNode[]): Extension {
  const source = (context: CompletionContext) => complete(kind, context, data());
  const language = kind === "python" ? pythonLanguage : javascriptLanguage;
  return [
    kind === "python" ? python() : javascript(),
    language.data.of({ autocomplete: source }),
    autocompletion({ icons: false, maxRenderedOptions: 60 }),
  ];
}

function complete(kind: CodeLanguage, context: CompletionContext, data: readonly DataNode[]) {
  const before = context.state.sliceDoc(0, context.pos);
  if (!context.explicit && !/[\w$.["']$/.test(before)) return null;
  const found = codeSuggestionsFor(kind, before, data);
  if (!found || found.options.length === 0) return null;
  return {
    from: found.from,
    validFor: /^[\w$]*$/,
    options: found.options.map(({ label, detail, help, kind: type }) => ({
      label,
      type,
      detail,
      boost: 1,
      ...(help ? { info: help } : {}),
    })),
  };
}
