// The shape of what is coming, shown only when it takes longer than a blink.

import { useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

const PATIENCE_MS = 200;

export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span className={cx("block animate-pulse rounded-small bg-hover", className ?? "h-4 w-full")} />
  );
}

type Props = { readonly rows?: number; readonly className?: string };

/** Placeholder rows of a list. */
export function SkeletonRows({ rows = 6, className }: Props) {
  const late = useLate();
  return (
    <div
      role="status"
      aria-label={t("common.loading")}
      className={cx("flex flex-col gap-3 p-4", className)}
    >
      {late &&
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
          <Skeleton key={row} className={cx("h-5", row % 3 === 2 ? "w-2/3" : "w-full")} />
        ))}
    </div>
  );
}

function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
