// A status as icon, word and colour.

import type { ReactNode } from "react";
import { type StatusName, statusLook } from "@/lib/status";
import { Chip } from "./chip";

type Props = {
  readonly status: StatusName;
  readonly plain?: boolean;
  /** Says more than the status's own word: "7 of 12", "HTTP 503". */
  readonly children?: ReactNode;
};

export function StatusChip({ status, plain, children }: Props) {
  const { tone, icon, label, spins } = statusLook(status);
  return (
    <Chip tone={tone} icon={icon} spins={spins} plain={plain ?? false}>
      {children ?? label}
    </Chip>
  );
}
