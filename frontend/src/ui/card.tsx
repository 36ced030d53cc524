// A raised surface for one subject, with its heading.

import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";

type Props = {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

export function Card({ title, aside, className, children }: Props) {
  const id = useId();
  return (
    <section
      {...(title ? { "aria-labelledby": id } : {})}
      className={cx("rounded-panel border border-line bg-surface", className)}
    >
      {title && (
        <header className="flex min-h-11 items-center justify-between gap-3 px-4 pt-1 max-[22rem]:flex-wrap">
          <h2 id={id} className="text-base">
            {title}
          </h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
