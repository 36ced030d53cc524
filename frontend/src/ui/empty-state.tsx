// Says in one line what would be here, and offers the one thing to do about it.

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

type Props = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** It stands in for a whole page. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

export function EmptyState({ icon, title, isPage = false, children, action }: Props) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <span className="flex size-11 items-center justify-center rounded-panel bg-accent-soft text-accent">
        <Icon icon={icon} size={22} />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <Title className="text-md font-semibold">{title}</Title>
        {children && <p className="text-fg-muted">{children}</p>}
      </div>
      {action}
    </div>
  );
}
