// What narrows a list, beside its words: on a phone one press away, so that the list comes first.

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "./button";

type Props = {
  /** How many of them are set. */
  readonly count: number;
  readonly children: ReactNode;
};

/** For a grid of two columns on a phone, after a field that leaves room for the button. */
export function FilterFold({ count, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const folded = useId();
  return (
    <>
      <Button
        icon={SlidersHorizontal}
        className="sm:hidden"
        aria-expanded={isOpen}
        aria-controls={folded}
        onClick={() => setOpen(!isOpen)}
      >
        {t("common.filters", { count })}
      </Button>
      <div
        id={folded}
        className={cx(
          "sm:contents max-sm:col-span-2 max-sm:grid-cols-2 max-sm:gap-2",
          isOpen ? "max-sm:grid" : "max-sm:hidden",
        )}
      >
        {children}
      </div>
    </>
  );
}
