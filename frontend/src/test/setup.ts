// What jsdom lacks and React Flow, Radix and Testing Library need.

import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { loadDeferred } from "@/ui/deferred";

// What is there in a tenth of a second alone took more than the usual one beside the other suites.
configure({ asyncUtilTimeout: 15_000 });

// As in a browser that had a moment: tests are not about the order in which chunks arrive.
beforeAll(loadDeferred);

afterEach(() => {
  cleanup();
  // A modal dialog gives the pointer back a moment after it is gone.
  document.body.removeAttribute("style");
});

class ResizeObserverStub implements ResizeObserver {
  observe(): void {
    // Nothing ever changes its size in jsdom.
  }
  unobserve(): void {
    // See observe().
  }
  disconnect(): void {
    // See observe().
  }
}

class DOMMatrixStub {
  readonly m22: number;

  constructor(transform: string) {
    this.m22 = Number(/scale\(([\d.]+)\)/.exec(transform)?.[1] ?? 1);
  }
}

globalThis.ResizeObserver ??= ResizeObserverStub;
Object.assign(globalThis, {
  DOMMatrixReadOnly: globalThis.DOMMatrixReadOnly ?? DOMMatrixStub,
});

window.matchMedia ??= (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

window.scrollTo = () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.setPointerCapture ??= () => undefined;
Element.prototype.releasePointerCapture ??= () => undefined;
