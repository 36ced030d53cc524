// The corner by which a note is resized. React Flow's own resizer would weigh on the first paint.

import { type PointerEvent, useRef } from "react";
import type { XY } from "../model/types";
import { useFlowStore } from "./rf";

type Props = {
  readonly id: string;
  readonly size: XY;
  readonly least: XY;
  readonly label: string;
  readonly onEnd: (size: XY) => void;
};

type Grip = { readonly x: number; readonly y: number };

export function ResizeCorner({ id, size, least, label, onEnd }: Props) {
  const store = useFlowStore();
  const grip = useRef<Grip | null>(null);
  const sizeAt = (event: PointerEvent, from: Grip): XY => {
    const zoom = store.getState().transform[2];
    return [
      Math.max(least[0], Math.round(size[0] + (event.clientX - from.x) / zoom)),
      Math.max(least[1], Math.round(size[1] + (event.clientY - from.y) / zoom)),
    ];
  };
  const show = ([width, height]: XY, resizing: boolean) =>
    store
      .getState()
      .triggerNodeChanges([
        { type: "dimensions", id, dimensions: { width, height }, resizing, setAttributes: true },
      ]);
  const end = (event: PointerEvent) => {
    if (!grip.current) return;
    const final = sizeAt(event, grip.current);
    grip.current = null;
    show(final, false);
    onEnd(final);
  };
  return (
    <span
      aria-hidden="true"
      title={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={(event) => {
        if (grip.current) show(sizeAt(event, grip.current), true);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      className="nodrag nopan absolute -end-1.5 -bottom-1.5 size-4 cursor-nwse-resize rounded-small border-2 border-surface bg-accent"
    />
  );
}
