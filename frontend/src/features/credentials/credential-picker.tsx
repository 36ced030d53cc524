// A credential by name, and making a new one without leaving the form.

import "@/lib/messages/pages";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { credentialsQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Icon } from "@/ui/icon";
import { CredentialDialog } from "./credential-dialog";

type Props = {
  readonly label: string;
  /** Types that fit; empty for any. */
  readonly types: readonly string[];
  /** Id of the credential, empty for none. */
  readonly value: string;
  readonly naming: ComponentProps<typeof Combobox>["naming"];
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
  const none = { value: "", label: t("credentials.pickNone") };
  const gone = { value, label: t("credentials.pickGone") };
  return (
    <>
      <Combobox
        label={label}
        naming={naming}
        value={value}
        options={[none, ...(isGone ? [gone] : []), ...options]}
        placeholder={t("credentials.pick")}
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
            {t("credentials.create")}
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
