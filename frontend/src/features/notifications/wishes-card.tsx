// By which ways a person wants to hear of what, by urgency.

import "@/lib/messages/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { NotificationWay, NotificationWishes } from "@/api/types";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { TextField } from "@/ui/text-field";
import { toast } from "@/ui/toast";

const URGENCIES = ["high", "normal", "low"] as const;
const WAYS = ["in_app", "email", "webhook"] as const;
const WAYS_AT_FAILURE = ["in_app", "email"] as const;
const NAMES = {
  in_app: "notifications.inApp",
  email: "notifications.email",
  webhook: "notifications.webhook",
} as const;

/** Of somebody who has chosen nothing yet; as the server sees it. */
const USUAL: Required<NotificationWishes> = {
  low: ["in_app"],
  normal: ["in_app"],
  high: ["in_app", "email"],
  failures: ["in_app"],
  webhook: "",
};

export function NotificationWishesCard() {
  const { preferences } = useSession();
  const [wishes, setWishes] = useState<Required<NotificationWishes>>({
    ...USUAL,
    ...preferences?.notifications,
  });
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => api.patch("session/preferences/", { notifications: wishes }),
    onSuccess: async () => {
      toast(t("notifications.saved"), { kind: "success" });
      await refresh(client, keys.session);
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Card title={t("notifications.title")} className="pb-4">
      <form onSubmit={submit} className="flex flex-col items-start gap-4 px-4">
        <p className="text-fg-muted">{t("notifications.wishesText")}</p>
        <div className="grid w-full gap-4 sm:grid-cols-3">
          {URGENCIES.map((urgency) => (
            <Ways
              key={urgency}
              title={t(`notifications.${urgency}`)}
              offered={WAYS}
              chosen={wishes[urgency]}
              onChange={(chosen) => setWishes({ ...wishes, [urgency]: chosen })}
            />
          ))}
        </div>
        <div className="flex flex-col gap-1">
          <Ways
            title={t("notifications.failures")}
            offered={WAYS_AT_FAILURE}
            chosen={wishes.failures}
            onChange={(failures) => setWishes({ ...wishes, failures })}
          />
          <p className="text-xs text-fg-muted">{t("notifications.failuresHelp")}</p>
        </div>
        <TextField
          label={t("notifications.webhookUrl")}
          help={t("notifications.webhookHelp")}
          type="url"
          value={wishes.webhook}
          onChange={(event) => setWishes({ ...wishes, webhook: event.target.value })}
          error={saving.error ? messageOf(saving.error) : null}
          maxLength={500}
          optional
          className="w-full sm:max-w-md"
        />
        <Button type="submit" busy={saving.isPending}>
          {t("common.save")}
        </Button>
      </form>
    </Card>
  );
}

type WaysProps = {
  readonly title: string;
  readonly offered: readonly NotificationWay[];
  readonly chosen: readonly NotificationWay[];
  readonly onChange: (chosen: readonly NotificationWay[]) => void;
};

function Ways({ title, offered, chosen, onChange }: WaysProps) {
  const toggle = (way: NotificationWay, isOn: boolean) => {
    const others = chosen.filter((one) => one !== way);
    onChange(isOn ? [...others, way] : others);
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-fg-muted">{title}</legend>
      {offered.map((way) => (
        <Checkbox
          key={way}
          label={t(NAMES[way])}
          checked={chosen.includes(way)}
          onChange={(isOn) => toggle(way, isOn)}
        />
      ))}
    </fieldset>
  );
}
