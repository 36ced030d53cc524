// Which of a run's commands this person may give it right now.

import { useCan } from "@/features/auth";
import { isUnfinished } from "@/lib/status";
import { useLatestRun } from "../hooks";
import { canRetry } from "../model/controls";

export type Offered = {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly stop: boolean;
  readonly retry: boolean;
  /** Why a retry of this failed run cannot work. */
  readonly retryIsFinal: "undone" | "bound" | null;
};

export function useOffered(): Offered {
  const run = useLatestRun();
  const status = run?.status;
  const mayPause = useCan("execution.pause");
  const mayStop = useCan("execution.cancel");
  const mayRetry = useCan("execution.retry");
  const isOpen = status !== undefined && isUnfinished(status);
  return {
    pause: isOpen && mayPause && status !== "paused",
    resume: isOpen && mayPause && status === "paused",
    stop: isOpen && mayStop,
    retry: status !== undefined && canRetry(status) && mayRetry,
    retryIsFinal: run?.error?.final ?? null,
  };
}
