// A part of a column under a heading that folds it away.

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "@/ui/icon";

type Props = {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

export function FoldSection({ isOpen, onToggle, title, lead, aside, children }: Props) {
  const id = useId();
  return (
    <div className="pb-1">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
        className="flex min-h-8 w-full items-center gap-2 px-3 text-start font-medium hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon
          icon={ChevronRight}
          size={14}
          className={cx("text-fg-subtle transition-transform", isOpen && "rotate-90")}
        />
        {lead}
        <span className="truncate">{title}</span>
        {aside}
      </button>
      {isOpen && <div id={id}>{children}</div>}
    </div>
  );
}
