// Parts of a page that its first paint does without: loaded once the browser is idle, or when shown.

import { type ComponentType, createElement, type ReactNode, useEffect, useReducer } from "react";

const IDLE_FALLBACK_MS = 300;

/** What was declared and has not been loaded yet. */
const waiting = new Set<() => Promise<void>>();
let isEager = false;

/** A component in a chunk of its own; `placeholder` stands there until the chunk has come. */
export function deferred<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: (props: Props) => ReactNode = () => null,
): (props: Props) => ReactNode {
  const part = new Part(load);
  waiting.add(part.load);
  if (isEager) whenIdle();
  return (props) => createElement(Deferred<Props>, { part, props, placeholder });
}

class Part<Props extends object> {
  component: ComponentType<Props> | null = null;
  readonly #fetch: () => Promise<ComponentType<Props>>;
  #loading: Promise<void> | null = null;

  constructor(fetch: () => Promise<ComponentType<Props>>) {
    this.#fetch = fetch;
  }

  readonly load = (): Promise<void> => {
    this.#loading ??= this.#fetch().then(
      (component) => {
        this.component = component;
        waiting.delete(this.load);
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  };
}

type DeferredProps<Props extends object> = {
  readonly part: Part<Props>;
  readonly props: Props;
  readonly placeholder: (props: Props) => ReactNode;
};

// Not React.lazy: what is loaded must draw in the same frame, or keys typed meanwhile go astray.
function Deferred<Props extends object>({ part, props, placeholder }: DeferredProps<Props>) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (part.component) return;
    let isMounted = true;
    part.load().then(
      () => isMounted && redraw(),
      () => undefined, // A chunk that is gone reloads the page; else the next time tries again.
    );
    return () => {
      isMounted = false;
    };
  }, [part]);
  return part.component ? createElement(part.component, props) : placeholder(props);
}

/** Loads all that was deferred. */
export async function loadDeferred(): Promise<void> {
  await Promise.allSettled([...waiting].map((ensure) => ensure()));
}

/** From now on loads it as soon as the browser has nothing better to do: no click has to wait. */
export function loadDeferredWhenIdle(): void {
  isEager = true;
  whenIdle();
}

function whenIdle(): void {
  const load = () => void loadDeferred();
  if (typeof requestIdleCallback === "undefined") setTimeout(load, IDLE_FALLBACK_MS);
  else requestIdleCallback(load);
}
