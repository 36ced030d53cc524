// The files that the author of a question shows; the first one that can be looked into is open.

import type { FileRef } from "@/api/types";
import { FileRow } from "@/features/files";
import { t } from "@/lib/i18n";

export type CardDocumentsProps = { readonly files: readonly FileRef[] };

export function CardDocuments({ files }: CardDocumentsProps) {
  return (
    <ul aria-label={t("inbox.documents")} className="flex flex-col gap-2">
      {files.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: files of a card never move, and one may stand twice
        <FileRow key={at} file={file} isOpen={at === 0} />
      ))}
    </ul>
  );
}
