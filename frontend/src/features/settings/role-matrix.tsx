// What each role may do, as the server enforces it.

import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { Fragment } from "react";
import { rolesQuery } from "@/api/people-queries";
import type { RoleRights } from "@/api/types";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { groupRights, type RightGroup, rightLabel, subjectLabel } from "./model/rights";
import { roleLabel } from "./role-names";

export function RoleMatrix() {
  const { data: roles = [] } = useQuery(rolesQuery);
  const everything = roles[0]?.permissions ?? [];
  return (
    <details className="rounded-panel border border-line bg-surface">
      <summary className="min-h-11 cursor-pointer rounded-panel px-4 py-3 font-semibold">
        {t("roles.title")}
      </summary>
      <table aria-label={t("roles.title")} className="w-full border-t border-line text-start">
        <thead>
          <tr>
            <th scope="col" className="h-9 px-4 text-start text-xs font-medium text-fg-subtle">
              {t("roles.right")}
            </th>
            {roles.map(({ role }) => (
              <th key={role} scope="col" className="w-24 px-1 text-xs font-medium text-fg-subtle">
                {roleLabel(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groupRights(everything).map((group) => (
            <GroupRows key={group.subject} group={group} roles={roles} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

type GroupProps = { readonly group: RightGroup; readonly roles: readonly RoleRights[] };

function GroupRows({ group, roles }: GroupProps) {
  return (
    <Fragment>
      <tr className="border-t border-line bg-sunken">
        <th scope="rowgroup" colSpan={roles.length + 1} className="px-4 py-1.5 text-start text-xs">
          {subjectLabel(group.subject)}
        </th>
      </tr>
      {group.rights.map((right) => (
        <tr key={right} className="border-t border-line">
          <th scope="row" title={right} className="px-4 py-1.5 text-start font-normal">
            {rightLabel(right)}
          </th>
          {roles.map(({ role, permissions }) => (
            <td key={role} className="text-center">
              <Mark given={permissions.includes(right)} />
            </td>
          ))}
        </tr>
      ))}
    </Fragment>
  );
}

function Mark({ given }: { readonly given: boolean }) {
  return (
    <>
      <Icon
        icon={given ? Check : Minus}
        className={given ? "inline text-success" : "inline text-fg-subtle"}
      />
      <span className="sr-only">{given ? t("roles.yes") : t("roles.no")}</span>
    </>
  );
}
