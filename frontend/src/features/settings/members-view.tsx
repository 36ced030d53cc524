// Who belongs to this tenant, and as what.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UserMinus } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys, membersQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Member, Role } from "@/api/types";
import { useCan, useSession } from "@/features/auth";
import { formatMoment, formatRelative } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Card } from "@/ui/card";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { QueryState } from "@/ui/query-state";
import { SelectInput } from "@/ui/select";
import { type Column, Table } from "@/ui/table";
import { SectionHeader } from "./settings-frame";

const ROLES: readonly Role[] = ["owner", "admin", "member", "viewer"];

export function roleLabel(role: Role): string {
  const key: MessageKey = `role.${role}`;
  return t(key);
}

export function roleOptions() {
  return ROLES.map((role) => {
    const hint: MessageKey = `role.${role}.hint`;
    return { value: role, label: roleLabel(role), hint: t(hint) };
  });
}

export function MembersView() {
  const query = useQuery(membersQuery);
  return (
    <>
      <SectionHeader text={t("members.intro")} />
      <QueryState query={query}>
        <Card className="overflow-hidden">
          <Table
            label={t("members.title")}
            columns={COLUMNS}
            rows={query.data?.results ?? []}
            rowKey={(row) => row.id}
          />
        </Card>
      </QueryState>
    </>
  );
}

const COLUMNS: readonly Column<Member>[] = [
  { id: "name", header: t("members.person"), cell: (row) => <PersonCell member={row} /> },
  {
    id: "role",
    header: t("members.role"),
    cell: (row) => <RoleCell member={row} />,
    className: "w-44",
  },
  {
    id: "joined",
    header: t("members.joined"),
    cell: ({ joined_at }) => (
      <span className="text-fg-muted" title={formatMoment(joined_at)}>
        {formatRelative(joined_at)}
      </span>
    ),
  },
  {
    id: "remove",
    header: t("members.remove"),
    hideHeader: true,
    cell: (row) => <RemoveCell member={row} />,
    align: "end",
    className: "max-sm:absolute max-sm:end-3 max-sm:top-3",
  },
];

type Props = { readonly member: Member };

function PersonCell({ member }: Props) {
  const { person } = useSession();
  return (
    <span className="flex items-center gap-2.5">
      <Avatar name={member.name || member.email} />
      <span className="flex min-w-0 flex-col">
        <span className="font-semibold">
          {member.name || member.email}
          {person?.id === member.person_id && (
            <span className="ms-1.5 font-normal text-fg-subtle">{t("members.you")}</span>
          )}
        </span>
        <span className="truncate text-xs text-fg-muted">{member.email}</span>
      </span>
    </span>
  );
}

function RoleCell({ member }: Props) {
  const client = useQueryClient();
  const mayEdit = useCan("member.edit");
  const change = useMutation({
    mutationFn: (role: string) => api.patch<Member>(`members/${member.id}/`, { role }),
    onSettled: () => refresh(client, keys.members),
  });
  if (!mayEdit) return roleLabel(member.role);
  return (
    <SelectInput
      aria-label={t("members.roleOf", { name: member.name || member.email })}
      value={change.isPending ? change.variables : member.role}
      options={roleOptions()}
      onChange={(role) => change.mutate(role)}
    />
  );
}

function RemoveCell({ member }: Props) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const { person } = useSession();
  const mayRemove = useCan("member.delete");
  const removal = useMutation({
    mutationFn: () => api.delete(`members/${member.id}/`),
    onSuccess: () => refresh(client, keys.members),
    onSettled: () => setAsking(false),
  });
  if (!mayRemove || person?.id === member.person_id) return null;
  const name = member.name || member.email;
  return (
    <>
      <IconButton
        icon={UserMinus}
        label={t("members.removeWho", { name })}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("members.removeTitle", { name })}
        description={t("members.removeText")}
        confirmLabel={t("members.remove")}
        danger
        busy={removal.isPending}
        onConfirm={() => removal.mutate()}
      />
    </>
  );
}
