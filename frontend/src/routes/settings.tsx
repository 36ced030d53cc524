// /app/settings: the frame of its sections.

import { SettingsFrame } from "@/features/settings";

export function SettingsPage() {
  return <SettingsFrame />;
}
