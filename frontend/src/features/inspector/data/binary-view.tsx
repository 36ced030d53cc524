// The files of one item: name, type, size, download.

import { useMutation } from "@tanstack/react-query";
import { Download, FileText } from "lucide-react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { FileRef, Item } from "@/api/types";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { toast } from "@/ui/toast";

type Props = { readonly item: Item | undefined };

export function BinaryView({ item }: Props) {
  const files = Object.entries(item?.binary ?? {});
  if (files.length === 0) return <EmptyState icon={FileText} title={t("inspector.files.none")} />;
  return (
    <ul className="flex flex-col gap-1.5 overflow-auto p-3">
      {files.map(([name, file]) => (
        <FileRow key={name} name={name} file={file} />
      ))}
    </ul>
  );
}

function FileRow({ name, file }: { readonly name: string; readonly file: FileRef }) {
  const download = useMutation({
    mutationFn: () => api.get<{ readonly url: string }>(`files/${file.id}/url/`),
    onSuccess: ({ url }) => location.assign(url),
    onError: (error) =>
      toast(t("inspector.files.failed"), { kind: "error", description: messageOf(error) }),
  });
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-surface p-2">
      <Icon icon={FileText} size={18} className="text-fg-subtle" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium">{file.name}</span>
        <span className="truncate text-xs text-fg-subtle">
          <span className="font-code">{name}</span> · {file.mime} · {formatBytes(file.size)}
        </span>
      </span>
      <IconButton
        icon={Download}
        label={t("inspector.files.download", { name: file.name })}
        disabled={download.isPending}
        onClick={() => download.mutate()}
      />
    </li>
  );
}
