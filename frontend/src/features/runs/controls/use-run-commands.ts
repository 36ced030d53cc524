// What can be done to an execution: pause, resume, stop, retry. Answers come as events, not here.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import { type MessageKey, t } from "@/lib/i18n";
import { toast } from "@/ui/toast";

export type RunCommand = "pause" | "resume" | "cancel" | "retry";

export type RunCommands = {
  readonly send: (command: RunCommand) => void;
  /** The command that was asked for and is not answered yet. */
  readonly pending: RunCommand | null;
};

export function useRunCommands(executionId: string): RunCommands {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (command: RunCommand) => api.post<void>(`executions/${executionId}/${command}/`),
    meta: { quiet: true },
    onSuccess: () => refresh(client, [...keys.executions, "list"]),
    onError: (error, command) => {
      const key: MessageKey = `runs.failed.${command}`;
      toast(t(key), { kind: "error", description: messageOf(error), key });
    },
  });
  return {
    send: (command) => mutation.mutate(command),
    pending: mutation.isPending ? mutation.variables : null,
  };
}
