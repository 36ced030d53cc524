// The editor of an expression: text with chips and suggestions, a live preview, and a large view.

import { Maximize2 } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { ExpressionPreview } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import type { ControlNaming } from "../controls/control";
import { useMapping } from "../mapping";
import { LazyEditor } from "./code-editor";
import type { EditorHandle, EditorProps, Fault } from "./code-mirror";
import { PreviewLine } from "./preview-line";
import { useKnownData } from "./use-known-data";
import { usePreview } from "./use-preview";

type Props = {
  readonly template: string;
  readonly label: string;
  readonly naming: ControlNaming;
  readonly multiline: boolean;
  readonly disabled: boolean;
  /** Where the caret starts when somebody has just typed the first braces. */
  readonly caret: number | null;
  readonly onTemplate: (template: string) => void;
  readonly onBlur: () => void;
};

export function ExpressionField(props: Props) {
  const { template, label, naming, multiline, disabled, caret, onTemplate, onBlur } = props;
  const [isLarge, setLarge] = useState(false);
  const mapping = useMapping();
  const isDragging = useStore(mapping, (state) => state.isDragging);
  const known = useKnownData();
  const support = useMemo(() => ({ known }), [known]);
  const preview = usePreview(template);
  const faults = useMemo(
    () => faultsOf(template, preview.answer, preview.isStale),
    [template, preview.answer, preview.isStale],
  );
  const previewId = useId();
  const editor: EditorProps = {
    kind: "expression",
    naming: { ...naming, "aria-label": label },
    text: template,
    onText: onTemplate,
    disabled,
    multiline,
    support,
    faults,
    caret,
    onBlur,
    onFocus: (handle: EditorHandle) =>
      mapping.setState({
        target: { label, insert: handle.insertReference, focus: handle.focus },
      }),
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div
        className={cx(
          "relative rounded-control",
          isDragging && !disabled && "outline-2 outline-offset-2 outline-dashed outline-accent",
        )}
      >
        <LazyEditor {...editor} minLines={multiline ? 3 : 1} />
        <IconButton
          icon={Maximize2}
          size="small"
          label={t("inspector.expression.expand", { label })}
          onClick={() => setLarge(true)}
          className="absolute end-1 top-1 bg-surface opacity-0 group-focus-within/field:opacity-100 group-hover/field:opacity-100 focus-visible:opacity-100"
        />
      </div>
      <PreviewLine id={previewId} preview={preview} />
      {isLarge && (
        <Dialog
          open
          onOpenChange={setLarge}
          width="full"
          title={label}
          description={t("inspector.expression.expandText")}
        >
          <div className="grid min-h-80 gap-3 pb-2 lg:grid-cols-2">
            <LazyEditor {...editor} multiline minLines={14} caret={template.length} />
            <div aria-live="polite">
              <PreviewLine id={`${previewId}-large`} preview={preview} roomy />
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** The place that the server's error names, to the end of the word there. */
function faultsOf(
  template: string,
  answer: ExpressionPreview | null,
  isStale: boolean,
): readonly Fault[] {
  if (!answer || answer.ok || isStale) return [];
  const { offset, message } = answer.error;
  if (offset === null || offset === undefined) {
    const open = Math.max(0, template.indexOf("{{"));
    return [{ from: open, to: template.length, message }];
  }
  const word = /^[\w$.]+/.exec(template.slice(offset))?.[0].length ?? 1;
  return [{ from: offset, to: Math.min(template.length, offset + Math.max(1, word)), message }];
}
