// /app/settings/api-keys

import { ApiKeysView } from "@/features/settings";

export function ApiKeysPage() {
  return <ApiKeysView />;
}
