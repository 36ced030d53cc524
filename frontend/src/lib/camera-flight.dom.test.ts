// The camera's own flights: from where it is to where it should be, or to where it was stopped.

import { select } from "d3-selection";
import { beforeEach, expect, test, vi } from "vitest";
import { interpolateZoom, interrupt } from "./camera-flight";

type Transition = {
  duration: (ms: number) => Transition;
  on: (types: string, listener: () => void) => Transition;
  tween: (name: string, tween: () => (part: number) => void) => Transition;
};

let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.splice(id - 1, 1));
});

const at = (ms: number): void => {
  for (const frame of frames.splice(0)) frame(ms);
};

function fly(node: Element) {
  const told: (string | number)[] = [];
  const began = select(node) as unknown as { transition: () => Transition };
  began
    .transition()
    .duration(100)
    .on("start.zoom", () => told.push("start"))
    .on("interrupt.zoom end.zoom", () => told.push("over"))
    .on("end", () => told.push("arrived"))
    .tween("zoom", () => (part) => told.push(part));
  return told;
}

test("a flight begins, goes on by frames and arrives exactly", () => {
  const told = fly(document.createElement("div"));

  at(1_000);
  at(1_025);
  at(1_200);

  expect(told).toEqual(["start", 0, 0.25, 1, "over", "arrived"]);
});

test("who takes hold of the canvas ends its flight there", () => {
  const node = document.createElement("div");
  const told = fly(node);
  at(1_000);

  interrupt(node);
  at(1_025);

  expect(told).toEqual(["start", 0, "over"]);
});

test("a way between views ends in the second one, zoomed or not", () => {
  expect(interpolateZoom([0, 0, 100], [50, 20, 400])(1)).toEqual([50, 20, 400]);
  expect(interpolateZoom([0, 0, 100], [50, 20, 100])(0.5)).toEqual([25, 10, 100]);
});
