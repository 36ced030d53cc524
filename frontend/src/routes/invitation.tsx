// /app/invitation: where the link of an invitation leads.

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { InvitationScreen } from "@/features/auth";

const route = getRouteApi("/invitation");

export function InvitationPage() {
  const navigate = useNavigate();
  const { token = "" } = route.useSearch();
  return (
    <InvitationScreen
      token={token}
      onSignedIn={() => void navigate({ to: "/", replace: true })}
      toSignIn={() => void navigate({ to: "/sign-in" })}
    />
  );
}
