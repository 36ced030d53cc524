// Who is asked, in words: people by their address, roles by their name.

import type { Role } from "@/api/types";
import { t } from "@/lib/i18n";

export const ROLES: readonly Role[] = ["owner", "admin", "member", "viewer"];

const PREFIX = "role:";

export const assigneeOf = (role: Role): string => `${PREFIX}${role}`;

export function assigneeName(assignee: string): string {
  const role = ROLES.find((one) => assigneeOf(one) === assignee.toLowerCase());
  return role ? t(`role.${role}`) : assignee;
}
