// What can be done about one member: shut out, let in again, remove.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, UserCheck, UserLock, UserMinus } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Member } from "@/api/types";
import { useCan, useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu, type MenuEntry } from "@/ui/menu";
import { ROLES } from "./role-names";

type Props = { readonly member: Member };

export function MemberMenu({ member }: Props) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const { person, role } = useSession();
  const mayEdit = useCan("member.edit");
  const mayRemove = useCan("member.delete");
  const activation = useMutation({
    mutationFn: () => api.patch(`members/${member.id}/`, { is_active: !member.is_active }),
    onSettled: () => refresh(client, keys.members),
  });
  const removal = useMutation({
    mutationFn: () => api.delete(`members/${member.id}/`),
    onSuccess: () => refresh(client, keys.members),
    onSettled: () => setAsking(false),
  });
  const isAbove = ROLES.indexOf(member.role) < ROLES.indexOf(role);
  const isMe = person?.id === member.person_id;
  if (isMe || isAbove || !(mayEdit || mayRemove)) return null;
  const name = member.name || member.email;
  const switching: readonly MenuEntry[] = [
    {
      id: "activate",
      label: member.is_active ? t("members.deactivate") : t("members.activate"),
      icon: member.is_active ? UserLock : UserCheck,
      onSelect: () => activation.mutate(),
    },
  ];
  const removing: readonly MenuEntry[] = [
    {
      id: "remove",
      label: t("members.remove"),
      icon: UserMinus,
      danger: true,
      onSelect: () => setAsking(true),
    },
  ];
  return (
    <>
      <Menu
        label={t("members.actions", { name })}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t("members.actions", { name })} />}
        entries={[...(mayEdit ? switching : []), ...(mayRemove ? removing : [])]}
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
