// A credential by name, and making a new one without leaving the form.

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { credentialsQuery } from "@/api/queries";
import { CredentialDialog } from "@/features/credentials";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Icon } from "@/ui/icon";
import { textOf } from "../model/json";
import type { ControlNaming, ControlProps } from "./control";

export function CredentialControl({ field, value, onChange, naming, disabled }: ControlProps) {
  return (
    <CredentialPicker
      label={field.label}
      types={field.hints.types}
      value={textOf(value)}
      naming={naming}
      disabled={disabled}
      onChange={onChange}
    />
  );
}

type Props = {
  readonly label: string;
  /** Types that fit; empty for any. */
  readonly types: readonly string[];
  /** Id of the credential, empty for none. */
  readonly value: string;
  readonly naming: ControlNaming;
  readonly disabled: boolean;
  readonly onChange: (id: string) => void;
};

export function CredentialPicker({ label, types, value, naming, disabled, onChange }: Props) {
  const [isNew, setNew] = useState(false);
  const { data, isPending } = useQuery(credentialsQuery);
  const fitting = (data?.results ?? []).filter(
    (credential) => types.length === 0 || types.includes(credential.type),
  );
  const options = fitting.map(({ id, name, type }) => ({ value: id, label: name, hint: type }));
  const isGone = value !== "" && !isPending && !options.some((option) => option.value === value);
  const none = { value: "", label: t("inspector.credential.none") };
  const gone = { value, label: t("inspector.credential.gone") };
  return (
    <>
      <Combobox
        label={label}
        naming={naming}
        value={value}
        options={[none, ...(isGone ? [gone] : []), ...options]}
        placeholder={t("inspector.credential.choose")}
        isLoading={isPending}
        disabled={disabled}
        lead={<Icon icon={KeyRound} className="text-fg-subtle" />}
        onChange={onChange}
        footer={(close) => (
          <Button
            variant="ghost"
            icon={Plus}
            className="w-full justify-start"
            onClick={() => {
              close();
              setNew(true);
            }}
          >
            {t("inspector.credential.create")}
          </Button>
        )}
      />
      {isNew && (
        <CredentialDialog
          {...(types.length > 0 ? { types } : {})}
          onClose={() => setNew(false)}
          onSaved={(credential) => onChange(credential.id)}
        />
      )}
    </>
  );
}
