// Says when live updates do not come. Silent while all is well.

import "@/lib/messages/runs";
import { LogIn, WifiOff } from "lucide-react";
import { useSocketState } from "@/api/page-socket";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";

const SAYINGS = {
  offline: ["runs.reconnecting", "warn", WifiOff],
  paused: ["runs.livePaused", "warn", WifiOff],
  signed_out: ["runs.liveSignedOut", "error", LogIn],
  refused: ["runs.liveRefused", "error", WifiOff],
} as const;

export function ConnectionChip() {
  const state = useSocketState();
  if (state === "idle" || state === "connecting" || state === "open") {
    return <span role="status" className="sr-only" />;
  }
  const [message, tone, icon] = SAYINGS[state];
  return (
    <span role="status">
      <Chip tone={tone} icon={icon}>
        {t(message)}
      </Chip>
    </span>
  );
}
