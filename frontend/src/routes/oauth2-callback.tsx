// /app/oauth2/callback

import { OAuthReturn } from "@/features/credentials";

export function OAuth2CallbackPage() {
  return <OAuthReturn />;
}
