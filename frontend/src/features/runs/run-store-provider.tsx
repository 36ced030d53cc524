// Gives the components below it the run that they show.

import "@/lib/messages/runs";
import { createContext, type ReactNode } from "react";
import type { RunStore } from "./store";

export const RunStoreContext = createContext<RunStore | null>(null);

type Props = { readonly store: RunStore; readonly children: ReactNode };

export function RunStoreProvider({ store, children }: Props) {
  return <RunStoreContext value={store}>{children}</RunStoreContext>;
}
