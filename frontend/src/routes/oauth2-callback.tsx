// /app/oauth2/callback

import { Suspense } from "react";
import { OAuthReturn } from "@/features/credentials";

export function OAuth2CallbackPage() {
  return (
    <Suspense>
      <OAuthReturn />
    </Suspense>
  );
}
