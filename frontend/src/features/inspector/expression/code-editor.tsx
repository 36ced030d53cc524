// A text editor with colours, loaded when it is first needed; until then a plain field does the job.

import { lazy, Suspense } from "react";
import { TextareaInput } from "@/ui/input";
import type { ControlNaming } from "../controls/control";
import type { EditorProps } from "./code-mirror";
import type { ExpressionSupport } from "./expression-language";

const CodeMirror = lazy(() => import("./code-mirror").then((m) => ({ default: m.CodeMirror })));

type Props = {
  readonly naming: ControlNaming;
  /** `json`, `javascript`, `python`; others are shown without colours. */
  readonly language: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly disabled: boolean;
  readonly support?: ExpressionSupport;
};

const COLOURED: readonly string[] = ["json", "javascript", "python"];

export function CodeEditor({ language, ...editor }: Props) {
  return (
    <LazyEditor
      {...editor}
      kind={COLOURED.includes(language) ? (language as EditorProps["kind"]) : "plain"}
      multiline
      minLines={5}
    />
  );
}

export function LazyEditor(props: EditorProps) {
  const { naming, text, onText, disabled, minLines = 1, multiline } = props;
  return (
    <Suspense
      fallback={
        <TextareaInput
          {...naming}
          rows={multiline ? Math.max(3, minLines) : 1}
          value={text}
          disabled={disabled}
          className="font-code"
          onChange={({ target }) => onText(target.value)}
        />
      }
    >
      <CodeMirror {...props} />
    </Suspense>
  );
}
