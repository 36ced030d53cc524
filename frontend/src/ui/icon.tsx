// One stroke width and size for every icon; decoration unless it is given a label.

import type { LucideIcon } from "lucide-react";

type Props = {
  readonly icon: LucideIcon;
  readonly size?: number;
  readonly className?: string | undefined;
  /** Names the icon where no text stands beside it. */
  readonly label?: string;
};

export function Icon({ icon: Drawing, size = 16, className, label }: Props) {
  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <Drawing size={size} strokeWidth={1.9} className={`shrink-0 ${className ?? ""}`} {...naming} />
  );
}
