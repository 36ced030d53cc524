// Where a trigger answers, to copy; of a hosted page also the line that puts it into another page.

import "@/lib/messages/addresses";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { Page } from "@/api/types";
import { useDocumentState, useEditor } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { CopyButton } from "@/ui/copy-button";
import { useInspected } from "./inspector-context";

type Address = {
  readonly node: string;
  readonly method: string;
  readonly url: string;
  readonly is_live: boolean;
  readonly embed: string | null;
};

/** They follow the draft, so they are asked for anew after each save. */
const addressesQuery = (workflow: string, revision: number) =>
  queryOptions({
    queryKey: [...keys.workflow(workflow), "addresses", revision],
    queryFn: ({ signal }) => api.get<Page<Address>>(`workflows/${workflow}/addresses/`, { signal }),
    placeholderData: keepPreviousData,
  });

export function Addresses() {
  const { node } = useInspected();
  const { workflowId } = useEditor();
  const revision = useDocumentState((state) => state.saved.revision);
  const { data } = useQuery(addressesQuery(workflowId, revision));
  const own = (data?.results ?? []).filter((address) => address.node === node.id);
  if (own.length === 0) return null;
  return (
    <section
      aria-label={t("inspector.addresses")}
      className="mt-5 flex flex-col gap-3 border-t border-line pt-4"
    >
      <h3 className="text-base font-medium">{t("inspector.addresses")}</h3>
      {own.map((address) => (
        <AddressOf key={`${address.method} ${address.url}`} address={address} />
      ))}
    </section>
  );
}

function AddressOf({ address }: { readonly address: Address }) {
  const { method, url, is_live, embed } = address;
  return (
    <>
      <div className="flex flex-col gap-1">
        <p className="flex items-center gap-2 text-xs text-fg-muted">
          {method}
          <Chip tone={is_live ? "success" : "neutral"}>
            {is_live ? t("inspector.addresses.live") : t("inspector.addresses.afterPublishing")}
          </Chip>
        </p>
        <Copyable text={url} label={t("inspector.addresses.copy")} />
      </div>
      {embed !== null && (
        <div className="flex flex-col gap-1">
          <p className="text-xs text-fg-muted">{t("inspector.addresses.embed")}</p>
          <Copyable text={embed} label={t("inspector.addresses.copyEmbed")} />
        </div>
      )}
    </>
  );
}

function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-control border border-line bg-sunken py-1 ps-3 pe-1">
      <code className="min-w-0 flex-1 py-1 font-code text-xs break-all">{text}</code>
      <CopyButton text={text} label={label} iconOnly />
    </div>
  );
}
