// /app/credentials

import { CredentialsView } from "@/features/credentials";

export function CredentialsPage() {
  return <CredentialsView />;
}
