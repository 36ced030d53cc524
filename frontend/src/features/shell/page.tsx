// The body of an ordinary page: heading, actions and content in a column that scrolls.

import { type ReactNode, useEffect } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Crumb, TopBarSlot } from "./top-bar-slots";

type Props = {
  readonly title: string;
  /** Stands in the top bar; the title when absent. */
  readonly crumb?: ReactNode;
  /** The link to what the page is one of; stands before the crumb. */
  readonly above?: ReactNode;
  readonly intro?: string;
  readonly actions?: ReactNode;
  readonly width?: "normal" | "wide";
  readonly children: ReactNode;
};

export function Page({ title, crumb, above, intro, actions, width = "wide", children }: Props) {
  usePageTitle(title);
  return (
    <>
      <TopBarSlot name="crumbs">
        {above && <Crumb kept>{above}</Crumb>}
        <Crumb>{crumb ?? title}</Crumb>
      </TopBarSlot>
      <div className="h-full overflow-auto">
        <div
          className={cx(
            "mx-auto flex flex-col gap-5 px-6 py-6 max-sm:px-3 max-sm:py-4",
            width === "wide" ? "max-w-7xl" : "max-w-3xl",
          )}
        >
          <header className="flex flex-wrap items-center justify-between gap-3">
            <div className="flex flex-col gap-0.5">
              <h1 className="text-xl">{title}</h1>
              {intro && <p className="text-fg-muted">{intro}</p>}
            </div>
            {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
          </header>
          {children}
        </div>
      </div>
    </>
  );
}

/** Names the browser tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = t("shell.documentTitle", { title });
  }, [title]);
}
