// Edits one value, fixed or expression; takes data that is dropped on it or inserted by keyboard.

import { type DragEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import type { JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { COMPOUND, type ControlNaming } from "../controls/control";
import { ExpressionField } from "../expression/expression-field";
import { hasReference, takeReference, useMapping } from "../mapping";
import type { Field } from "../model/fields";
import { type Path, pointerOf, textOf } from "../model/json";
import { inBraces, insertAt } from "../model/reference";
import { useForm } from "./form-context";
import { ModeToggle } from "./mode-toggle";
import { FillField, FillToggle } from "./model-fill";
import { type Change, useMode, type ValueMode } from "./use-mode";

type Props = {
  readonly field: Field;
  readonly path: Path;
  readonly stored: JsonValue | undefined;
  readonly onChange: Change;
  readonly naming: ControlNaming;
  readonly disabled: boolean;
  /** Inside a row: the switch to expression stands beside the control. */
  readonly compact?: boolean;
};

export function ValueEditor(props: Props) {
  const { field, path, stored, onChange, naming, disabled, compact } = props;
  const form = useForm();
  const mode = useMode(field, path, stored, onChange);
  const [caret, setCaret] = useState<number | null>(null);
  const label = naming["aria-label"] ?? field.label;
  const editor = mode.fill ? (
    <FillField
      fill={mode.fill}
      naming={naming}
      disabled={disabled}
      onDescription={mode.setDescription}
      onBlur={() => form.touch(path)}
    />
  ) : mode.expression ? (
    <ExpressionField
      template={mode.expression["="]}
      label={label}
      naming={naming}
      caret={caret}
      multiline={field.widget === "textarea" || field.widget === "code"}
      disabled={disabled}
      onTemplate={mode.setTemplate}
      onBlur={() => form.touch(path)}
    />
  ) : (
    <FixedEditor {...props} mode={mode} label={label} onCaret={setCaret} />
  );
  const place = form.nodeId + pointerOf(path);
  if (!compact || !mode.mayBeExpression) return <div data-field={place}>{editor}</div>;
  return (
    <div className="group/field flex items-start gap-1">
      <div data-field={place} className="min-w-0 flex-1">
        {editor}
      </div>
      <span className="flex h-control items-center">
        {!mode.fill && (
          <ModeToggle
            compact
            label={label}
            isExpression={mode.expression !== null}
            disabled={disabled}
            onToggle={mode.toggle}
          />
        )}
        {mode.mayBeFilled && (
          <FillToggle
            compact
            label={label}
            isFilled={mode.fill !== null}
            disabled={disabled}
            onToggle={mode.toggleFill}
          />
        )}
      </span>
    </div>
  );
}

type FixedProps = Props & {
  readonly mode: ValueMode;
  readonly label: string;
  /** Where the expression editor that takes over puts its caret. */
  readonly onCaret: (caret: number) => void;
};

function FixedEditor({ field, path, naming, disabled, mode, label, onCaret }: FixedProps) {
  const form = useForm();
  const mapping = useMapping();
  const frame = useRef<HTMLDivElement>(null);
  const isDragging = useStore(mapping, (state) => state.isDragging);
  const Control = form.controlFor(field);
  const takes = mode.mayBeExpression && !disabled && !COMPOUND.has(field.widget);

  const insert = (expression: string) => mode.setTemplate(withReference(expression));
  const withReference = (expression: string): string => {
    const input = frame.current?.querySelector<HTMLInputElement>("input, textarea");
    if (!input || !TEXTUAL.has(field.widget)) return inBraces(expression);
    const text = textOf(mode.literal);
    return insertAt(text, caretOf(input) ?? text.length, inBraces(expression));
  };
  const register = () => {
    if (!takes) return;
    const focus = () => {
      const selector = `[data-field="${CSS.escape(form.nodeId + pointerOf(path))}"]`;
      const shown = document.querySelector(selector);
      shown?.querySelector<HTMLElement>("input, textarea, button, [contenteditable]")?.focus();
    };
    mapping.setState({ target: { label, insert, focus } });
  };
  const over = (event: DragEvent) => {
    if (takes && hasReference(event.dataTransfer)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const reference = takes ? takeReference(event.dataTransfer) : null;
    if (!reference) return;
    event.preventDefault();
    insert(reference.expression);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens around a real control.
    <div
      ref={frame}
      onFocus={register}
      onBlur={() => form.touch(path)}
      onDragOver={over}
      onDrop={drop}
      className={cx(
        "rounded-control",
        isDragging && takes && "outline-2 outline-offset-2 outline-dashed outline-accent",
      )}
    >
      <Control
        field={field}
        path={path}
        value={mode.literal}
        naming={naming}
        disabled={disabled}
        onChange={mode.setLiteral}
        onTemplate={(typed) => {
          const { template, caret } = withClosedBraces(typed);
          onCaret(caret);
          mode.setTemplate(template);
        }}
      />
    </div>
  );
}

/** `total: {{` becomes `total: {{  }}` with the caret between the braces. */
function withClosedBraces(typed: string): { readonly template: string; readonly caret: number } {
  const open = typed.lastIndexOf("{{") + 2;
  if (typed.includes("}}", open)) return { template: typed, caret: typed.length };
  return { template: `${typed.slice(0, open)} ${typed.slice(open)} }}`, caret: open + 1 };
}

const TEXTUAL: ReadonlySet<string> = new Set(["text", "textarea"]);

function caretOf(input: HTMLInputElement): number | null {
  return input.selectionStart;
}
