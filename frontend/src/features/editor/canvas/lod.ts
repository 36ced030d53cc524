// Level of detail by zoom (rule R5): set as an attribute that the style sheet reads, without React.

import { useEffect } from "react";
import { useFlowStore } from "./rf";

const FULL_FROM = 0.7;
const BODY_FROM = 0.4;

export type Detail = "full" | "body" | "tile";

export function detailAt(zoom: number): Detail {
  if (zoom >= FULL_FROM) return "full";
  return zoom >= BODY_FROM ? "body" : "tile";
}

/** Keeps `data-lod` of an element in step with the zoom. */
export function useLevelOfDetail(element: React.RefObject<HTMLElement | null>): void {
  const store = useFlowStore();
  useEffect(() => {
    const show = () => {
      const detail = detailAt(store.getState().transform[2]);
      if (element.current && element.current.dataset["lod"] !== detail) {
        element.current.dataset["lod"] = detail;
      }
    };
    show();
    return store.subscribe(show);
  }, [element, store]);
}
