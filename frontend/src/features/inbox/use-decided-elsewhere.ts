// Says who was faster, when the card in view leaves because somebody else decided.

import { useEffect, useRef } from "react";
import { api } from "@/api/client";
import type { Approval, Page } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { wasDecidedHere } from "./pending";

type Pages = readonly Page<Approval>[] | undefined;

export function useDecidedElsewhere(pages: Pages, shown: Approval | undefined): void {
  const before = useRef<Approval | undefined>(undefined);
  useEffect(() => {
    if (!pages) return;
    const last = before.current;
    before.current = shown;
    if (last?.state !== "open" || isIn(pages, last.id)) return;
    if (!wasDecidedHere(last.id)) void tell(last);
  }, [pages, shown]);
}

function isIn(pages: readonly Page<Approval>[], id: string): boolean {
  return pages.some(({ results }) => results.some((one) => one.id === id));
}

async function tell({ id, title }: Approval): Promise<void> {
  const now = await api.get<Approval>(`approvals/${id}/`).catch(() => null);
  if (!now || now.state === "open") return;
  toast(
    now.decided_by
      ? t("inbox.elsewhere", { state: t(`inbox.state.${now.state}`), name: now.decided_by })
      : t(`inbox.state.${now.state}`),
    { description: title, key: `inbox-${id}` },
  );
}
