// Opens the chat beside the canvas, where something in the draft listens to messages.

import { MessageCircle } from "lucide-react";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { useDocument, useEditor, useEditorUi } from "../store";

const CHAT = "triggers.chat";

export function ChatButton() {
  const { ui } = useEditor();
  const isOpen = useEditorUi((state) => state.chat);
  const hasChat = useDocument(({ nodes }) =>
    nodes.some(({ type, disabled }) => type === CHAT && !disabled),
  );
  if (!hasChat) return null;
  return (
    <IconButton
      icon={MessageCircle}
      label={t("editor.chat")}
      pressed={isOpen}
      onClick={() => ui.setState({ chat: !isOpen })}
    />
  );
}
