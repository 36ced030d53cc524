// Who belongs to this tenant, and as what; who was asked in.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys, membersQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Member } from "@/api/types";
import { useCan, useSession } from "@/features/auth";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { QueryState } from "@/ui/query-state";
import { SelectInput } from "@/ui/select";
import { type Column, Table } from "@/ui/table";
import { InvitationsList } from "./invitations-list";
import { InviteDialog } from "./invite-dialog";
import { MemberMenu } from "./member-menu";
import { RoleMatrix } from "./role-matrix";
import { ROLES, roleLabel, roleOptions } from "./role-names";
import { SectionHeader } from "./settings-frame";

export function MembersView() {
  const [inviting, setInviting] = useState(false);
  const query = useQuery(membersQuery);
  const mayInvite = useCan("member.invite");
  const invite = mayInvite && (
    <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
      {t("invite.send")}
    </Button>
  );
  return (
    <>
      <SectionHeader text={t("members.intro")} action={invite} />
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
      {mayInvite && <InvitationsList />}
      <RoleMatrix />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
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
    id: "menu",
    header: t("members.remove"),
    hideHeader: true,
    cell: (row) => <MemberMenu member={row} />,
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
          {!member.is_active && (
            <Chip tone="warn" className="ms-2">
              {t("members.inactive")}
            </Chip>
          )}
        </span>
        <span className="truncate text-xs text-fg-muted">{member.email}</span>
      </span>
    </span>
  );
}

function RoleCell({ member }: Props) {
  const client = useQueryClient();
  const { role: mine } = useSession();
  const mayEdit = useCan("member.edit");
  const change = useMutation({
    mutationFn: (role: string) => api.patch<Member>(`members/${member.id}/`, { role }),
    onSettled: () => refresh(client, keys.members),
  });
  const isAbove = ROLES.indexOf(member.role) < ROLES.indexOf(mine);
  if (!mayEdit || isAbove) return roleLabel(member.role);
  return (
    <SelectInput
      aria-label={t("members.roleOf", { name: member.name || member.email })}
      value={change.isPending ? change.variables : member.role}
      options={roleOptions(mine)}
      onChange={(role) => change.mutate(role)}
    />
  );
}
