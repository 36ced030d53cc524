// What an answer rests on, numbered as the answer cites it.

import { ExternalLink } from "lucide-react";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { Source } from "./queries";

export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <section
      aria-label={t("chat.sources")}
      className="rounded-control border border-line bg-sunken"
    >
      <ol className="flex flex-col divide-y divide-line text-xs">
        {sources.map((source, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is what the answer cites.
          <li key={index} className="px-2.5 py-1.5">
            <One source={source} number={index + 1} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type Props = { readonly source: Source; readonly number: number };

function One({ source: { title, text, url }, number }: Props) {
  const name = (
    <>
      <span className="font-medium text-accent tabular-nums">{`[${number}]`}</span>{" "}
      {url === "" ? (
        title
      ) : (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="rounded-small hover:text-accent hover:underline"
        >
          {title || url}
          <Icon icon={ExternalLink} size={12} className="ms-1 inline" />
        </a>
      )}
    </>
  );
  if (text === "") return <p className="wrap-anywhere">{name}</p>;
  return (
    <details>
      <summary className="cursor-pointer rounded-small wrap-anywhere">{name}</summary>
      <p className="mt-1 whitespace-pre-wrap wrap-anywhere text-fg-muted">{text}</p>
    </details>
  );
}
