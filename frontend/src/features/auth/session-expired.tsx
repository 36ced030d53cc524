// When the session ended: shows the dialog in which one signs in again.

import { useEffect, useState } from "react";
import { whenSessionExpires } from "@/api/client";
import { deferred } from "@/ui/deferred";

const ExpiredDialog = deferred(() =>
  import("./expired-dialog").then((module) => module.ExpiredDialog),
);

export function SessionExpiredDialog() {
  const [expired, setExpired] = useState<boolean | null>(null);
  useEffect(() => whenSessionExpires(() => setExpired(true)), []);
  // Stays after the first time, to give the focus back.
  return expired !== null && <ExpiredDialog expired={expired} onBack={() => setExpired(false)} />;
}
