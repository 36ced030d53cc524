// /app/settings/members

import { MembersView } from "@/features/settings";

export function MembersPage() {
  return <MembersView />;
}
