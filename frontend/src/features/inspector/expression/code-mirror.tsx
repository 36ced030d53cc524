// CodeMirror in React: the text is the owner's; the view is told when the owner's text is another.

import {
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, StateEffect } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { cspNonce } from "@/ui/csp";
import type { ControlNaming } from "../controls/control";
import type { CodeLanguage } from "../model/code-completion";
import { codeColors, editorTheme } from "./code-theme";
import { type ExpressionSupport, expressionLanguage, insertReference } from "./expression-language";

export type Fault = { readonly from: number; readonly to: number; readonly message: string };

export type EditorHandle = {
  /** Puts a reference in at the caret, with braces where it stands outside of them. */
  readonly insertReference: (expression: string) => void;
  readonly focus: () => void;
};

export type EditorProps = {
  readonly naming: ControlNaming;
  readonly kind: "expression" | "json" | "javascript" | "python" | "plain";
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly disabled: boolean;
  /** Enter makes a new line, and pasted ones are kept. */
  readonly multiline?: boolean;
  readonly minLines?: number;
  /** What is known of the data: for `expression`, with references that are dropped, and code. */
  readonly support?: ExpressionSupport;
  readonly faults?: readonly Fault[];
  readonly onFocus?: (handle: EditorHandle) => void;
  readonly onBlur?: () => void;
  /** Focus at once, with the caret here. */
  readonly caret?: number | null;
};

export function CodeMirror(props: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const newest = useRef(props);
  useEffect(() => {
    newest.current = props;
  });
  useEffect(() => {
    if (!host.current) return;
    const editable = new Compartment();
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: newest.current.text,
        extensions: [
          editable.of(editableUnless(newest.current.disabled)),
          ...extensionsFor(() => newest.current),
        ],
      }),
    });
    view.current = made;
    editables.set(made, editable);
    const { caret = null, kind } = newest.current;
    if (kind === "javascript" || kind === "python") void addLanguage(made, kind, newest);
    if (caret !== null) {
      made.focus();
      made.dispatch({ selection: { anchor: Math.min(caret, made.state.doc.length) } });
      if (kind === "expression") startCompletion(made);
    }
    return () => made.destroy();
  }, []);

  const { text, disabled, faults } = props;
  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === text) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const made = view.current;
    const editable = made && editables.get(made);
    if (editable) made.dispatch({ effects: editable.reconfigure(editableUnless(disabled)) });
  }, [disabled]);
  useEffect(() => {
    const made = view.current;
    if (!made) return;
    const { length } = made.state.doc;
    const marks = (faults ?? []).map(({ from, to, message }) => ({
      from: Math.min(from, length),
      to: Math.min(to, length),
      severity: "error" as const,
      message,
    }));
    made.dispatch(setDiagnostics(made.state, marks));
  }, [faults]);

  return <div ref={host} className="min-w-0" />;
}

/** Its grammar is large and rarely needed, so it comes on its own. */
async function addLanguage(
  view: EditorView,
  kind: CodeLanguage,
  newest: { readonly current: EditorProps },
): Promise<void> {
  const { codeLanguage } = await import("./code-language");
  const language = codeLanguage(kind, () => newest.current.support?.known.current ?? []);
  view.dispatch({ effects: StateEffect.appendConfig.of(language) });
}

const editables = new WeakMap<EditorView, Compartment>();

const editableUnless = (disabled: boolean): Extension => [
  EditorView.editable.of(!disabled),
  EditorState.readOnly.of(disabled),
];

function extensionsFor(current: () => EditorProps): readonly Extension[] {
  const { kind, naming, multiline, minLines = 1, support } = current();
  return [
    ...(cspNonce ? [EditorView.cspNonce.of(cspNonce)] : []),
    history(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    multiline ? [] : oneLine,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
    ]),
    editorTheme(minLines),
    codeColors,
    languageOf(kind, () => current().support ?? support),
    EditorView.contentAttributes.of(attributesOf(naming, multiline ?? false)),
    EditorView.updateListener.of((update) => {
      const { text, onText } = current();
      const next = update.state.doc.toString();
      if (update.docChanged && next !== text) onText(next);
    }),
    EditorView.focusChangeEffect.of((_, focusing) => {
      if (!focusing) current().onBlur?.();
      return null;
    }),
    EditorView.domEventHandlers({
      focus: (_, focused) => {
        current().onFocus?.(handleOf(focused));
      },
    }),
  ];
}

function handleOf(view: EditorView): EditorHandle {
  return {
    insertReference: (expression) =>
      insertReference(view, expression, view.state.selection.main.head),
    focus: () => view.focus(),
  };
}

const oneLine: Extension = [
  keymap.of([{ key: "Enter", run: () => true }]),
  EditorView.clipboardInputFilter.of((text) => text.replace(/\s*\r?\n\s*/g, " ")),
];

function languageOf(
  kind: EditorProps["kind"],
  support: () => ExpressionSupport | undefined,
): Extension {
  if (kind === "json") return json();
  return kind === "expression" ? expressionLanguage(support) : [];
}

function attributesOf(naming: ControlNaming, multiline: boolean): Record<string, string> {
  const given = Object.entries({ ...naming, "aria-multiline": multiline });
  return Object.fromEntries(
    given.filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]),
  );
}
