// One file: name, type, size, what is in it, download.

import "@/lib/messages/files";
import { useMutation } from "@tanstack/react-query";
import { Download, Eye, FileText } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { FileRef } from "@/api/types";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { toast } from "@/ui/toast";
import { canPreview, FilePreview } from "./file-preview";

type Props = {
  readonly file: FileRef;
  /** The name that its item knows it by. */
  readonly name?: string;
  /** What is in it is seen from the beginning, where that can be shown. */
  readonly isOpen?: boolean;
};

export function FileRow({ name, file, isOpen = false }: Props) {
  const download = useMutation({
    mutationFn: () => api.get<{ readonly url: string }>(`files/${file.id}/url/`),
    onSuccess: ({ url }) => location.assign(url),
    onError: (error) => toast(t("files.failed"), { kind: "error", description: messageOf(error) }),
  });
  const mayPreview = canPreview(file);
  const [isShown, setShown] = useState(isOpen && mayPreview);
  return (
    <li className="rounded-control border border-line bg-surface">
      <div className="flex items-center gap-3 p-2">
        <Icon icon={FileText} size={18} className="shrink-0 text-fg-subtle" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium">{file.name}</span>
          <span className="truncate text-xs text-fg-subtle">
            {name !== undefined && <span className="font-code">{name} · </span>}
            {file.mime} · {formatBytes(file.size)}
          </span>
        </span>
        {mayPreview && (
          <IconButton
            icon={Eye}
            label={t("files.preview", { name: file.name })}
            aria-expanded={isShown}
            onClick={() => setShown(!isShown)}
          />
        )}
        <IconButton
          icon={Download}
          label={t("files.download", { name: file.name })}
          disabled={download.isPending}
          onClick={() => download.mutate()}
        />
      </div>
      {isShown && (
        <div className="px-2 pb-2">
          <FilePreview file={file} />
        </div>
      )}
    </li>
  );
}
