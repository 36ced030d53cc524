// Follows the run of one message, from its first event on.

import { useEffect, useState } from "react";
import { pageSocket } from "@/api/page-socket";
import { hear, hint, type LiveAnswer, NOTHING_YET } from "./model/live-answer";

/** What was heard stays when it is followed no longer. */
export function useLiveAnswer(execution: string, isFollowed: boolean): LiveAnswer {
  const [answer, setAnswer] = useState(NOTHING_YET);
  useEffect(() => {
    if (!isFollowed) return undefined;
    setAnswer(NOTHING_YET);
    return pageSocket.subscribe(`execution:${execution}`, {
      onEvents: (events) => setAnswer((before) => hear(before, events)),
      onHint: (hints) => setAnswer((before) => hint(before, hints)),
    });
  }, [execution, isFollowed]);
  return answer;
}
