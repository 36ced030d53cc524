// /app/me

import { AccountView } from "@/features/account";

export function AccountPage() {
  return <AccountView />;
}
