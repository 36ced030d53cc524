// Writes a message: Enter sends it, Shift+Enter begins a new line, a file may come along.

import { useMutation } from "@tanstack/react-query";
import { Paperclip, SendHorizontal, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { api } from "@/api/client";
import type { FileRef } from "@/api/types";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { TextareaInput } from "@/ui/input";

export const LONGEST_MESSAGE = 20_000;

type Props = {
  readonly placeholder: string;
  readonly takesFiles: boolean;
  readonly isBusy: boolean;
  /** Told the message and the file that comes along; gives whether it was taken. */
  readonly onSend: (message: string, file: FileRef | null) => Promise<boolean>;
};

export function Composer({ placeholder, takesFiles, isBusy, onSend }: Props) {
  const [text, setText] = useState("");
  const [file, setFile] = useState<FileRef | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const send = async () => {
    if (text.trim() === "" || isBusy) return;
    const kept = text;
    setText("");
    if (await onSend(text.trim(), file)) setFile(null);
    else setText((now) => now || kept);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className="flex flex-col gap-2 border-t border-line bg-surface p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {file && (
        <p className="flex items-center gap-1.5 text-xs text-fg-muted">
          <Paperclip aria-hidden size={13} />
          <span className="min-w-0 truncate">{file.name}</span>
          <IconButton
            icon={X}
            size="small"
            label={t("chat.detach", { name: file.name })}
            onClick={() => setFile(null)}
          />
        </p>
      )}
      <div className="flex items-end gap-2">
        {takesFiles && <Attach onAttach={setFile} />}
        <TextareaInput
          ref={box}
          rows={2}
          value={text}
          maxLength={LONGEST_MESSAGE}
          placeholder={placeholder}
          aria-label={t("chat.message")}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          type="submit"
          icon={SendHorizontal}
          variant="outline"
          label={t("chat.send")}
          disabled={text.trim() === "" || isBusy}
        />
      </div>
    </form>
  );
}

function Attach({ onAttach }: { readonly onAttach: (file: FileRef) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const storing = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.set("file", file);
      return api.post<FileRef>("files/", body);
    },
    onSuccess: onAttach,
  });
  return (
    <>
      <IconButton
        icon={Paperclip}
        label={t("chat.attach")}
        disabled={storing.isPending}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("chat.attach")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) storing.mutate(file);
          event.target.value = "";
        }}
      />
    </>
  );
}
