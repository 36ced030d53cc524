// Who else may use or edit a credential.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys, membersQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential, CredentialLevel, Member } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { QueryState } from "@/ui/query-state";
import { Select } from "@/ui/select";

type Props = { readonly row: Credential; readonly onClose: () => void };
type Choice = CredentialLevel | "";
type Choices = Readonly<Record<string, Choice>>;

const OPTIONS = [
  { value: "", label: t("credentials.share.no") },
  { value: "use", label: t("credentials.share.use") },
  { value: "edit", label: t("credentials.share.edit") },
] as const;

export function ShareDialog({ row, onClose }: Props) {
  const members = useQuery(membersQuery);
  const client = useQueryClient();
  const [everybody, setEverybody] = useState<Choice>(row.everybody ?? "");
  const [people, setPeople] = useState<Choices>(() =>
    Object.fromEntries(row.shares.map(({ person_id, level }) => [person_id, level])),
  );
  const save = useMutation({
    mutationFn: () => api.put(`credentials/${row.id}/sharing/`, bodyOf(everybody, people)),
    onSuccess: async () => {
      await refresh(client, keys.credentials);
      onClose();
    },
    meta: { quiet: true },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("credentials.share.title", { name: row.name })}
      description={t("credentials.share.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={save.isPending} onClick={() => save.mutate()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <QueryState query={members}>
        <div className="flex flex-col gap-3 pb-2">
          <LevelSelect
            label={t("credentials.share.everybody")}
            value={everybody}
            onChange={setEverybody}
          />
          {(members.data?.results ?? []).filter(isNamed(row)).map(({ person_id, name, email }) => (
            <LevelSelect
              key={person_id}
              label={name || email}
              value={people[person_id] ?? ""}
              onChange={(level) => setPeople({ ...people, [person_id]: level })}
            />
          ))}
          {save.error && (
            <p role="alert" className="text-error">
              {messageOf(save.error)}
            </p>
          )}
        </div>
      </QueryState>
    </Dialog>
  );
}

type LevelProps = {
  readonly label: string;
  readonly value: Choice;
  readonly onChange: (level: Choice) => void;
};

function LevelSelect({ label, value, onChange }: LevelProps) {
  return (
    <Select
      label={label}
      value={value}
      options={OPTIONS}
      onChange={(level) => onChange(level as Choice)}
    />
  );
}

/** Those for whom a choice makes a difference: members who are not its owner. */
function isNamed(row: Credential) {
  return ({ role, person_id }: Member) => role === "member" && person_id !== row.owner_id;
}

function bodyOf(everybody: Choice, people: Choices) {
  const shared = Object.entries(people).flatMap(([person_id, level]) =>
    level === "" ? [] : [{ person_id, level }],
  );
  return { everybody: everybody === "" ? null : everybody, people: shared };
}
