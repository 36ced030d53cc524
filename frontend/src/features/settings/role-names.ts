// The roles in words.

import type { Role } from "@/api/types";
import { t } from "@/lib/i18n";

/** The strongest first. */
export const ROLES: readonly Role[] = ["owner", "admin", "member", "viewer"];

export function roleLabel(role: Role): string {
  return t(`role.${role}`);
}

/** The roles to choose from: nobody gives one above their own. */
export function roleOptions(highest: Role = "owner") {
  return ROLES.slice(ROLES.indexOf(highest)).map((role) => ({
    value: role,
    label: roleLabel(role),
    hint: t(`role.${role}.hint`),
  }));
}
