// Leaves out the places that the signed-in person may not see.

import { can, useSession } from "@/features/auth";
import type { Destination } from "./navigation";

export function useReachable(destinations: readonly Destination[]): readonly Destination[] {
  const session = useSession();
  return destinations.filter(({ needs }) => needs === undefined || can(session, needs));
}
