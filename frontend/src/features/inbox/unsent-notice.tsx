// Says which decisions wait for the network, and lets one take them back or try again.

import "@/lib/messages/people";
import { useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useEffect } from "react";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { drop, sendUnsent, takeUp, useUnsent } from "./unsent";

const TRY_EVERY_MS = 15_000;

export function UnsentNotice() {
  const client = useQueryClient();
  const person = useSession().person?.id;
  const decisions = useUnsent();
  const isWaiting = decisions.length > 0;
  useEffect(() => {
    if (person) takeUp(person);
  }, [person]);
  useEffect(() => {
    if (!isWaiting) return;
    const send = () => void sendUnsent(client);
    const timer = setInterval(send, TRY_EVERY_MS);
    addEventListener("online", send);
    if (navigator.onLine) send();
    return () => {
      clearInterval(timer);
      removeEventListener("online", send);
    };
  }, [client, isWaiting]);
  if (!isWaiting) return null;
  return (
    <section
      role="status"
      className="flex flex-col gap-2 rounded-panel border border-line bg-warn-soft px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <Icon icon={CloudOff} className="text-warn" />
        <p className="min-w-0 flex-1 font-medium">
          {t("inbox.unsent", { count: decisions.length })}
        </p>
        <Button size="small" onClick={() => void sendUnsent(client)}>
          {t("inbox.sendNow")}
        </Button>
      </div>
      <ul className="flex flex-col gap-1">
        {decisions.map(({ id, answer, title }) => (
          <li key={id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              {t(answer === "approve" ? "inbox.state.approved" : "inbox.state.rejected")}
              {" · "}
              {title}
            </span>
            <Button size="small" variant="ghost" onClick={() => drop(id)}>
              {t("inbox.undo")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
