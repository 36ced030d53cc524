// The whole graph as plain rectangles, coloured by state (rule R7): one bitmap, at most five times a second.

import { type PointerEvent, useEffect, useRef } from "react";
import { groupRun, type RunStore } from "@/features/runs";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import type { Rect } from "../model/geometry";
import { type MapView, mapOf } from "../model/map";
import type { XY } from "../model/types";
import { useEditor } from "../store";
import { useFlowStore } from "./rf";

const SIZE: XY = [168, 104];
const MARGIN = 120;
const REFRESH_MS = 200;

type Frame = { readonly scale: number; readonly left: number; readonly top: number };

export function Minimap() {
  const { docStore, runStore, ui } = useEditor();
  const flow = useFlowStore();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      if (!canvas.current) return;
      const map = mapOf(docStore.getState().document, ui.getState().folds);
      drawMap(canvas.current, map, runStore, flow.getState());
    };
    const drawSoon = () => {
      timer ??= setTimeout(draw, REFRESH_MS);
    };
    draw();
    const stops = [
      docStore.subscribe(drawSoon),
      ui.subscribe(drawSoon),
      runStore.subscribe(drawSoon),
      flow.subscribe(drawSoon),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [docStore, runStore, ui, flow]);

  const jump = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const frame = frameOf(mapOf(docStore.getState().document, ui.getState().folds).bounds);
    const { panZoom, transform, width, height } = flow.getState();
    const zoom = transform[2];
    const x = (event.clientX - left) / frame.scale + frame.left;
    const y = (event.clientY - top) / frame.scale + frame.top;
    void panZoom?.setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom });
  };

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t("editor.minimap")}
      onPointerDown={jump}
      onPointerMove={jump}
      style={{ width: SIZE[0], height: SIZE[1] }}
      className="touch-none rounded-panel border border-line bg-surface shadow-panel max-sm:hidden"
    />
  );
}

/** Everything there is, with a margin, fitted into the bitmap. */
function frameOf(bounds: Rect): Frame {
  const [left, top] = [bounds.x - MARGIN, bounds.y - MARGIN];
  const width = bounds.width + 2 * MARGIN;
  const height = bounds.height + 2 * MARGIN;
  const scale = Math.min(SIZE[0] / width, SIZE[1] / height);
  return {
    scale,
    left: left - (SIZE[0] / scale - width) / 2,
    top: top - (SIZE[1] / scale - height) / 2,
  };
}

type View = {
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
};

function drawMap(
  canvas: HTMLCanvasElement,
  map: MapView,
  runStore: RunStore,
  { transform: [panX, panY, zoom], width, height }: View,
): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = SIZE[0] * ratio;
  canvas.height = SIZE[1] * ratio;
  const context = canvas.getContext("2d");
  if (!context) return;
  const color = (name: string) => resolved(canvas, name);
  const { scale, left, top } = frameOf(map.bounds);
  context.scale(ratio * scale, ratio * scale);
  context.translate(-left, -top);
  context.fillStyle = color("line");
  for (const { x, y, width, height } of map.areas) context.fillRect(x, y, width, height);
  for (const { rect, nodes } of map.tiles) {
    const { status } = groupRun(nodes.flatMap((id) => runStore.nodeRun(id)?.status ?? []));
    context.fillStyle = color(status ? `${statusLook(status).tone}-fill` : "line-strong");
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
  }
  context.strokeStyle = color("accent");
  context.lineWidth = 1.5 / scale;
  context.strokeRect(-panX / zoom, -panY / zoom, width / zoom, height / zoom);
}

/** A token as a bitmap takes it: the property itself still holds `light-dark(…)`. */
function resolved(element: HTMLElement, token: string): string {
  element.style.color = `var(--${token})`;
  return getComputedStyle(element).color;
}
