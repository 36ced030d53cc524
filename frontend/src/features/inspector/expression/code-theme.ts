// The look of code editors, from the app's own tokens.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LINE_REM = 1.25;
const PADDING_REM = 0.75;

export function editorTheme(minLines: number): Extension {
  return EditorView.theme({
    "&": {
      minHeight: `max(var(--control-height), ${minLines * LINE_REM + PADDING_REM}rem)`,
      maxHeight: "24rem",
      border: "1px solid var(--line-strong)",
      borderRadius: "8px",
      backgroundColor: "var(--surface)",
      boxShadow: "var(--shadow-control)",
      fontSize: "0.75rem",
    },
    "&.cm-focused": { outline: "2px solid var(--focus)" },
    ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: `${LINE_REM}rem` },
    ".cm-content": {
      padding: "0.3rem 0",
      caretColor: "var(--fg)",
      minHeight: `${minLines * LINE_REM}rem`,
    },
    ".cm-line": { padding: "0 0.625rem" },
    ".cm-cursor": { borderLeftColor: "var(--fg)" },
    ".cm-expression": {
      color: "var(--accent)",
      backgroundColor: "var(--accent-soft)",
      borderRadius: "4px",
      padding: "0.1rem 0",
    },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--hover)" },
    ".cm-matchingBracket, .cm-nonmatchingBracket": { backgroundColor: "transparent" },
    ".cm-lintRange-error": {
      backgroundImage: "none",
      textDecoration: "underline wavy var(--error)",
      textUnderlineOffset: "3px",
    },
    ".cm-tooltip": {
      zIndex: "60",
      border: "1px solid var(--line)",
      borderRadius: "8px",
      backgroundColor: "var(--raised)",
      color: "var(--fg)",
      boxShadow: "var(--shadow-panel)",
      overflow: "hidden",
    },
    ".cm-tooltip-autocomplete > ul": {
      fontFamily: "var(--font-code)",
      fontSize: "0.75rem",
      maxHeight: "14rem",
      minWidth: "15rem",
    },
    ".cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "var(--accent-soft)",
      color: "var(--accent)",
    },
    ".cm-completionDetail": {
      marginLeft: "0.75rem",
      fontStyle: "normal",
      color: "var(--fg-subtle)",
    },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "640" },
    ".cm-completionInfo": {
      maxWidth: "20rem",
      padding: "0.5rem 0.625rem",
      fontFamily: "var(--font-ui)",
      fontSize: "0.75rem",
      whiteSpace: "pre-wrap",
    },
    ".cm-diagnostic": { padding: "0.25rem 0.5rem", borderLeft: "none", color: "var(--error)" },
  });
}

const colors = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: "var(--success)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--running)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.keyword, color: "var(--human)" },
  { tag: tags.comment, color: "var(--fg-subtle)" },
]);

export const codeColors: Extension = syntaxHighlighting(colors);
