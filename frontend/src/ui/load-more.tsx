// The next page of a list, while there is one.

import { t } from "@/lib/i18n";
import { Button } from "./button";

type Props = {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
};

export function LoadMore({ query }: Props) {
  if (!query.hasNextPage) return null;
  return (
    <div className="flex justify-center">
      <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {t("common.loadMore")}
      </Button>
    </div>
  );
}
