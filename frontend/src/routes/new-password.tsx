// /app/new-password: where the link of a forgotten password leads.

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { NewPasswordScreen } from "@/features/auth";

const route = getRouteApi("/new-password");

export function NewPasswordPage() {
  const navigate = useNavigate();
  const { token = "" } = route.useSearch();
  return (
    <NewPasswordScreen
      token={token}
      onSignedIn={() => void navigate({ to: "/", replace: true })}
      toSignIn={() => void navigate({ to: "/sign-in" })}
    />
  );
}
