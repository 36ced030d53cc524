// The line below an expression: what it gives for this item, or what is wrong with it.

import { CircleAlert } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { Preview } from "./use-preview";

const SHOWN_CHARACTERS = 600;

type Props = { readonly preview: Preview; readonly id: string; readonly roomy?: boolean };

export function PreviewLine({ preview, id, roomy }: Props) {
  const { answer, isStale, itemIndex } = preview;
  if (!answer) return null;
  return (
    <p
      id={id}
      className={cx(
        "flex gap-2 rounded-control border border-line bg-sunken px-2.5 py-1.5 text-xs transition-opacity duration-(--time-hover)",
        isStale && "opacity-60",
        roomy ? "max-h-96 overflow-auto" : "max-h-24 overflow-hidden",
      )}
    >
      <span className="shrink-0 font-medium text-success">
        {t("inspector.preview.item", { number: itemIndex + 1 })}
      </span>
      {answer.ok ? (
        <span className="min-w-0 wrap-anywhere whitespace-pre-wrap text-fg-muted">
          {answer.text === "" ? (
            <em className="text-fg-subtle">{t("inspector.preview.empty")}</em>
          ) : (
            answer.text.slice(0, SHOWN_CHARACTERS)
          )}
          {answer.type !== "null" && <span className="ms-2 text-fg-subtle">{answer.type}</span>}
        </span>
      ) : (
        <span className="flex min-w-0 gap-1.5 text-error">
          <Icon icon={CircleAlert} size={14} className="mt-px" />
          {answer.error.message}
        </span>
      )}
    </p>
  );
}
