// The chat at the right of the canvas: speaks with the draft, whose runs the canvas shows.

import "@/lib/messages/chat";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, X } from "lucide-react";
import { inspect, useDocument, useEditor } from "@/features/editor";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { ChosenDoor, someOf } from "./chosen-door";
import { IconLink } from "./icon-link";
import { doorOf } from "./model/door";
import { doorsQuery } from "./queries";

export function ChatDock({ workflowId }: { readonly workflowId: string }) {
  const editor = useEditor();
  const nodes = useDocument((document) => document.nodes);
  const doors = someOf(nodes.map(doorOf).filter((found) => found !== null));
  const close = () => editor.ui.setState({ chat: false });
  if (!doors) return null;
  return (
    <div className="w-100 shrink-0 border-s border-line max-sm:absolute max-sm:inset-0 max-sm:z-30 max-sm:w-full">
      <ChosenDoor
        workflowId={workflowId}
        doors={doors}
        isLive={false}
        flush={async () => editor.saving?.flush()}
        nodeName={(id) => nodes.find((node) => node.id === id)?.name ?? id}
        onSelectNode={(id) => inspect(editor, id)}
        actions={
          <>
            <PageLink workflowId={workflowId} />
            <IconButton icon={X} label={t("chat.close")} onClick={close} />
          </>
        }
      />
    </div>
  );
}

/** To the page of the live version, where there is one. */
function PageLink({ workflowId }: { readonly workflowId: string }) {
  const { data } = useQuery(doorsQuery(workflowId, true));
  if (!data?.results.length) return null;
  return (
    <IconLink
      icon={ExternalLink}
      label={t("chat.page")}
      to="/chat/$workflowId"
      workflowId={workflowId}
    />
  );
}
