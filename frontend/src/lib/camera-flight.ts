// Stands in for d3-transition and d3-interpolate, see vite.config.ts: React Flow brings both along and
// flies its camera with them, one node and one value at a time; the rest would be 8 kB of the first paint.

import { type Selection, selection } from "d3-selection";

type View = readonly [x: number, y: number, width: number];
type Step = (part: number) => void;
type Moment = "start" | "interrupt" | "end";
type Selected = Selection<Element, unknown, null, undefined>;

const LINEAR = (part: number): number => part;
const flights = new WeakMap<Element, Flight>();

/** What React Flow and d3-zoom ask of a transition; lasts 250 ms unless told. */
class Flight {
  readonly #selected: Selected;
  readonly #heard = new Map<string, () => void>();
  #tween: ((this: Element) => Step) | undefined;
  #duration = 250;
  #ease = LINEAR;
  #frame = 0;

  constructor(selected: Selected) {
    this.#selected = selected;
    const node = selected.node();
    if (!node) return;
    interrupt(node);
    flights.set(node, this);
    // Who made it has the rest of this frame to say how it flies.
    this.#frame = requestAnimationFrame((now) => this.#begin(node, now));
  }

  selection(): Selected {
    return this.#selected;
  }

  duration(ms: number): this {
    this.#duration = ms;
    return this;
  }

  ease(ease: (part: number) => number): this {
    this.#ease = ease;
    return this;
  }

  /** `types` as d3 writes them: `"interrupt.zoom end.zoom"`; one listener for each such name. */
  on(types: string, listener: () => void): this {
    for (const type of types.split(" ")) this.#heard.set(type, listener);
    return this;
  }

  tween(_name: string, tween: (this: Element) => Step): this {
    this.#tween = tween;
    return this;
  }

  interrupt(node: Element): void {
    cancelAnimationFrame(this.#frame);
    flights.delete(node);
    this.#tell("interrupt", node);
  }

  #begin(node: Element, began: number): void {
    this.#tell("start", node);
    const step = this.#tween?.call(node);
    const fly = (now: number): void => {
      const part = Math.min(1, (now - began) / this.#duration);
      if (part < 1) this.#frame = requestAnimationFrame(fly);
      else flights.delete(node);
      step?.(part < 1 ? this.#ease(part) : 1);
      if (part === 1) this.#tell("end", node);
    };
    fly(began);
  }

  #tell(moment: Moment, node: Element): void {
    for (const [type, listener] of this.#heard)
      if (type.split(".")[0] === moment) listener.call(node);
  }
}

/** Ends the flight of a node where it is. */
export function interrupt(node: Element): void {
  flights.get(node)?.interrupt(node);
}

/**
 * Between two views: the middle goes straight over the screen while the width grows at a steady rate.
 * Plain beside the path of van Wijk and Nuij that d3 takes, and the same to the eye within 250 ms.
 */
export function interpolateZoom([x0, y0, w0]: View, [x1, y1, w1]: View): (part: number) => View {
  return (part) => {
    const width = w0 * (w1 / w0) ** part;
    const way = w0 === w1 ? part : (width - w0) / (w1 - w0);
    return [x0 + (x1 - x0) * way, y0 + (y1 - y0) * way, width];
  };
}

/** The way that React Flow calls linear. */
export const interpolate = interpolateZoom;

Object.assign(selection.prototype, {
  transition(this: Selected): Flight {
    return new Flight(this);
  },
  interrupt(this: Selected): Selected {
    return this.each(function () {
      interrupt(this);
    });
  },
});
