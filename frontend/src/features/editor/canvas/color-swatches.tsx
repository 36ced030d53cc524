// Six colours to pick from, above a selected note or group.

import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { NOTE_COLORS } from "../model/edit-notes";

/** The class that sets `--tint`, by the colour's name in the document. */
export const TINTS: Readonly<Record<string, string>> = {
  amber: "note-amber",
  violet: "note-violet",
  teal: "note-teal",
  blue: "note-blue",
  pink: "note-pink",
  slate: "note-slate",
};

type Props = { readonly color: string; readonly onPaint: (color: string) => void };

export function ColorSwatches({ color, onPaint }: Props) {
  return (
    <div className="nodrag pointer-events-auto absolute -top-10 start-0 flex gap-1 rounded-control border border-line bg-raised p-1 shadow-panel">
      {NOTE_COLORS.map((name) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          aria-label={t(`editor.color.${name}`)}
          aria-pressed={name === color}
          onClick={() => onPaint(name)}
          className={cx(
            "size-6 rounded-small border border-line note-swatch aria-pressed:border-fg",
            TINTS[name],
          )}
        />
      ))}
    </div>
  );
}
