// The files of one item.

import { FileText } from "lucide-react";
import type { Item } from "@/api/types";
import { FileRow } from "@/features/files";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";

type Props = { readonly item: Item | undefined };

export function BinaryView({ item }: Props) {
  const files = Object.entries(item?.binary ?? {});
  if (files.length === 0) return <EmptyState icon={FileText} title={t("inspector.files.none")} />;
  return (
    <ul className="flex flex-col gap-1.5 overflow-auto p-3">
      {files.map(([name, file]) => (
        <FileRow key={`${name} ${file.id}`} name={name} file={file} />
      ))}
    </ul>
  );
}
