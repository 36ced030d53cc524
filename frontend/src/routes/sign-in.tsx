// /app/sign-in: leads back to where the person wanted to go.

import { getRouteApi, useRouter } from "@tanstack/react-router";
import { SignInScreen, safeNext } from "@/features/auth";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const router = useRouter();
  const navigate = route.useNavigate();
  const { next, token } = route.useSearch();
  const forward = safeNext(next, window.location.origin, router.basepath);
  return (
    <SignInScreen
      token={token}
      onSignedIn={() => router.history.replace(router.basepath + forward)}
      forgetToken={() => void navigate({ search: next ? { next } : {}, replace: true })}
    />
  );
}
