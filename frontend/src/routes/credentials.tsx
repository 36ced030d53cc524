// /app/credentials

import { Suspense } from "react";
import { CredentialsView } from "@/features/credentials";

export function CredentialsPage() {
  return (
    <Suspense>
      <CredentialsView />
    </Suspense>
  );
}
