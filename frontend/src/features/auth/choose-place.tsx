// Sign-in on the bare host: first who, then which workspace, where there are several.

import { ArrowRight } from "lucide-react";
import { useState } from "react";
import type { Place } from "@/api/types";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Icon } from "@/ui/icon";
import { PasswordForm } from "./password-form";
import { findPlaces } from "./sign-in";

export function ChoosePlace({ goTo }: { readonly goTo: (url: string) => void }) {
  const [places, setPlaces] = useState<readonly Place[] | null>(null);
  if (!places) {
    return (
      <PasswordForm
        signIn={async (given) => {
          const found = await findPlaces(given);
          const only = found.length === 1 ? found[0] : undefined;
          if (only) goTo(only.url);
          else setPlaces(found);
        }}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-md">{t("signIn.choosePlace")}</h2>
      <ul className="flex flex-col gap-1">
        {places.map(({ slug, name, url }) => (
          <li key={slug}>
            <button
              type="button"
              className="flex min-h-touch w-full items-center gap-3 rounded-control px-2 py-1.5 text-start hover:bg-hover"
              onClick={() => goTo(url)}
            >
              <Avatar name={name} shape="square" size="small" />
              <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
              <Icon icon={ArrowRight} size={16} className="text-fg-subtle" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
