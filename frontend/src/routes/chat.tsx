// /app/chat/{id}

import { useParams } from "@tanstack/react-router";
import { ChatView } from "@/features/chat";

export function ChatPage() {
  const { workflowId } = useParams({ from: "/shell/chat/$workflowId" });
  return <ChatView key={workflowId} workflowId={workflowId} />;
}
