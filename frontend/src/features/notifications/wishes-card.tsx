// By which ways a person wants to hear of what, by urgency.

import "@/lib/messages/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { NotificationUrgency, NotificationWay, NotificationWishes } from "@/api/types";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { TextField } from "@/ui/text-field";
import { toast } from "@/ui/toast";

const URGENCIES = ["high", "normal", "low"] as const;
const WAYS = [
  ["in_app", "notifications.inApp"],
  ["email", "notifications.email"],
  ["webhook", "notifications.webhook"],
] as const;

/** Of somebody who has chosen nothing yet; as the server sees it. */
const USUAL: NotificationWishes = {
  low: ["in_app"],
  normal: ["in_app"],
  high: ["in_app", "email"],
  webhook: "",
};

export function NotificationWishesCard() {
  const { preferences } = useSession();
  const [wishes, setWishes] = useState<NotificationWishes>(preferences?.notifications ?? USUAL);
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => api.patch("session/preferences/", { notifications: wishes }),
    onSuccess: async () => {
      toast(t("notifications.saved"), { kind: "success" });
      await refresh(client, keys.session);
    },
    meta: { quiet: true },
  });
  const toggle = (urgency: NotificationUrgency, way: NotificationWay, isOn: boolean) => {
    const others = wishes[urgency].filter((one) => one !== way);
    setWishes({ ...wishes, [urgency]: isOn ? [...others, way] : others });
  };
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
            <fieldset key={urgency} className="flex flex-col gap-1">
              <legend className="mb-1 text-xs font-medium text-fg-muted">
                {t(`notifications.${urgency}`)}
              </legend>
              {WAYS.map(([way, label]) => (
                <Checkbox
                  key={way}
                  label={t(label)}
                  checked={wishes[urgency].includes(way)}
                  onChange={(isOn) => toggle(urgency, way, isOn)}
                />
              ))}
            </fieldset>
          ))}
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
