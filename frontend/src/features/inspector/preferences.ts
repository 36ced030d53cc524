// How a person likes the inspector: layout, column widths, views. Remembered on this device.

import { create } from "zustand";
import { persist } from "zustand/middleware";

export const LAYOUTS = ["dock", "side", "full"] as const;
export type InspectorLayout = (typeof LAYOUTS)[number];

export const VIEWS = ["schema", "table", "json", "binary", "logs"] as const;
export type ViewName = (typeof VIEWS)[number];

export type Side = "input" | "output";

type Preferences = {
  /** Null: nobody chose; the width of the window decides. */
  readonly layout: InspectorLayout | null;
  /** What it was before it took the whole window; null where the width of the window decided. */
  readonly formerLayout: InspectorLayout | null;
  readonly inputWidthPx: number;
  readonly outputWidthPx: number;
  readonly views: { readonly [side in Side]: ViewName };
};

export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      layout: null,
      formerLayout: null,
      inputWidthPx: 440,
      outputWidthPx: 440,
      views: { input: "schema", output: "table" },
    }),
    { name: "headrace.inspector", version: 1 },
  ),
);

export function setLayout(layout: InspectorLayout): void {
  usePreferences.setState({ layout });
}

/** From `layout`, which is shown, to the whole window; or from there back to the former one. */
export function toggleFull(layout: InspectorLayout): void {
  usePreferences.setState(({ layout: chosen, formerLayout }) =>
    layout === "full" ? { layout: formerLayout } : { layout: "full", formerLayout: chosen },
  );
}

export function setColumnWidth(side: Side, widthPx: number): void {
  usePreferences.setState(
    side === "input" ? { inputWidthPx: widthPx } : { outputWidthPx: widthPx },
  );
}

export function setView(side: Side, view: ViewName): void {
  usePreferences.setState(({ views }) => ({ views: { ...views, [side]: view } }));
}
