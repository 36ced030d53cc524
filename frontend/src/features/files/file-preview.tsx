// What is in a file, as far as a page can show it: pictures and text.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { FileRef } from "@/api/types";
import { t } from "@/lib/i18n";
import { Skeleton } from "@/ui/skeleton";

const MOST_BYTES = 5_000_000;
const MOST_CHARACTERS = 20_000;
const PICTURE = /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)$/;
const TEXT = /^text\/|^application\/(json|xml|yaml|x-ndjson|javascript)$|\+(json|xml)$/;

/** Whether there is something to see; larger files are for downloading. */
export function canPreview({ mime, size }: FileRef): boolean {
  return size <= MOST_BYTES && (PICTURE.test(mime) || TEXT.test(mime));
}

export function FilePreview({ file }: { readonly file: FileRef }) {
  const { data, error } = useQuery({
    queryKey: ["file-content", file.id],
    queryFn: ({ signal }) => contentOf(file, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (error) {
    return (
      <p role="alert" className="text-xs text-error">
        {t("files.previewFailed")}: {messageOf(error)}
      </p>
    );
  }
  if (!data) return <Skeleton className="h-24 w-full" />;
  return PICTURE.test(file.mime) ? <Picture file={file} content={data} /> : <Text content={data} />;
}

/** The store serves nothing inside the page's own origin but bytes, so they are fetched. */
async function contentOf(file: FileRef, signal: AbortSignal): Promise<Blob> {
  const { url } = await api.get<{ readonly url: string }>(`files/${file.id}/url/`, { signal });
  const response = await fetch(url, { credentials: "same-origin", signal });
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}

type ContentProps = { readonly content: Blob };

/** As a picture even an SVG cannot run anything or load anything. */
function Picture({ file, content }: ContentProps & { readonly file: FileRef }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (address === undefined) return null;
  return (
    <img
      src={address}
      alt={file.name}
      className="max-h-80 max-w-full rounded-small border border-line bg-sunken object-contain"
    />
  );
}

function Text({ content }: ContentProps) {
  const [text, setText] = useState("");
  useEffect(() => {
    let isWanted = true;
    void content.text().then((read) => isWanted && setText(read));
    return () => {
      isWanted = false;
    };
  }, [content]);
  return (
    <>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-small border border-line bg-sunken p-2 font-code text-xs whitespace-pre-wrap wrap-anywhere"
      >
        {text.slice(0, MOST_CHARACTERS)}
      </pre>
      {text.length > MOST_CHARACTERS && (
        <p className="pt-1 text-xs text-fg-subtle">{t("files.part", { count: MOST_CHARACTERS })}</p>
      )}
    </>
  );
}
