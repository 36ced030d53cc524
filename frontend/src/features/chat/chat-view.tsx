// /app/chat/{id}: speaks with the live version of a workflow.

import "@/lib/messages/chat";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MessageCircleOff, Workflow } from "lucide-react";
import { workflowQuery } from "@/api/queries";
import { Crumb, TopBarSlot, usePageTitle } from "@/features/shell";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { QueryState } from "@/ui/query-state";
import { ChosenDoor, someOf } from "./chosen-door";
import { IconLink } from "./icon-link";
import { doorsQuery } from "./queries";

export function ChatView({ workflowId }: { readonly workflowId: string }) {
  const query = useQuery(doorsQuery(workflowId, true));
  const { data: workflow } = useQuery(workflowQuery(workflowId));
  const doors = someOf(query.data?.results ?? []);
  usePageTitle(t("chat.title", { name: query.data?.workflow ?? "" }));
  const nodeName = (id: string) =>
    workflow?.document.nodes.find((node) => node.id === id)?.name ?? id;
  const edit = (
    <IconLink icon={Workflow} label={t("chat.edit")} to="/w/$workflowId" workflowId={workflowId} />
  );
  const openWorkflow = (
    <Link to="/w/$workflowId" params={{ workflowId }} className={buttonClass()}>
      <Icon icon={Workflow} />
      {t("chat.edit")}
    </Link>
  );
  return (
    <>
      <TopBarSlot name="crumbs">
        <Crumb>{query.data?.workflow ?? t("chat.open")}</Crumb>
      </TopBarSlot>
      <div className="mx-auto h-full max-w-3xl border-line sm:border-x">
        <h1 className="sr-only">{t("chat.title", { name: query.data?.workflow ?? "" })}</h1>
        <QueryState query={query}>
          {doors ? (
            <ChosenDoor
              workflowId={workflowId}
              doors={doors}
              isLive
              nodeName={nodeName}
              actions={edit}
            />
          ) : (
            <EmptyState icon={MessageCircleOff} title={t("chat.noChat")} action={openWorkflow}>
              {t("chat.noChatText")}
            </EmptyState>
          )}
        </QueryState>
      </div>
    </>
  );
}
