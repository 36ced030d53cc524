// /app/settings/plugins

import { PluginsView } from "@/features/settings";

export function PluginsPage() {
  return <PluginsView />;
}
