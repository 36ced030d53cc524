// A bar between two panes, moved by pointer or arrow keys; the owner holds the size.

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { cx } from "@/lib/cx";

const STEP_PX = 16;
const BIG_STEP_PX = 64;

type Props = {
  readonly label: string;
  /** `vertical`: the bar stands upright and moves sideways. */
  readonly orientation: "vertical" | "horizontal";
  /** Size in pixels of the pane that the bar resizes. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly onResize: (size: number) => void;
  /** The pane lies after the bar (right of it, or below), so it grows the other way. */
  readonly after?: boolean;
  readonly className?: string;
};

export function SplitHandle(props: Props) {
  const { label, orientation, size, min, max, onResize, after, className } = props;
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const upright = orientation === "vertical";
  const sign = after ? -1 : 1;
  const resize = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))));

  const grab = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: upright ? event.clientX : event.clientY, size };
  };
  const drag = (event: PointerEvent) => {
    if (!start.current) return;
    const at = upright ? event.clientX : event.clientY;
    resize(start.current.size + sign * (at - start.current.at));
  };
  const release = () => {
    start.current = null;
  };
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? BIG_STEP_PX : STEP_PX;
    const moves: Record<string, number> = {
      [upright ? "ArrowRight" : "ArrowDown"]: size + sign * step,
      [upright ? "ArrowLeft" : "ArrowUp"]: size - sign * step,
      Home: min,
      End: max,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(next);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>.
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={press}
      className={cx(
        "group relative z-10 flex shrink-0 touch-none items-center justify-center focus-visible:outline-none",
        upright ? "-mx-1 w-2 cursor-col-resize" : "-my-1 h-2 cursor-row-resize",
        className,
      )}
    >
      <span
        className={cx(
          "rounded-full bg-transparent transition-colors duration-(--time-hover) group-hover:bg-accent group-focus-visible:bg-accent group-active:bg-accent",
          upright ? "h-full w-0.5" : "h-0.5 w-full",
        )}
      />
    </div>
  );
}
