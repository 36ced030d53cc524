// Between a hosted page for members and the app: the server gives a pass, the browser takes it there.

import "@/lib/messages/team";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import type { Visit } from "@/api/types";
import { t } from "@/lib/i18n";
import { SkeletonRows } from "@/ui/skeleton";
import { AuthFrame } from "./auth-frame";

type Props = {
  /** The page, as path and query. */
  readonly at: string;
  readonly goTo: (url: string) => void;
};

export function VisitScreen({ at, goTo }: Props) {
  const { data } = useSuspenseQuery({
    queryKey: ["visit", at],
    queryFn: () => api.post<Visit>("hosted-pages/visit/", { at }),
    // A pass is for one time: the next visit asks for another.
    gcTime: 0,
    retry: false,
  });
  useEffect(() => goTo(data.url), [data, goTo]);
  return (
    <AuthFrame title={t("visit.title")} text={t("visit.text")}>
      <SkeletonRows rows={2} />
    </AuthFrame>
  );
}
