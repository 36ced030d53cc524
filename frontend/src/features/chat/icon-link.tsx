// A link to the other place of a chat, its page or the editor; only an icon, beside buttons that are.

import { Link } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { Icon } from "@/ui/icon";
import { Tooltip } from "@/ui/tooltip";

type Props = {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly to: "/chat/$workflowId" | "/w/$workflowId";
  readonly workflowId: string;
};

export function IconLink({ icon, label, to, workflowId }: Props) {
  return (
    <Tooltip text={label}>
      <Link
        to={to}
        params={{ workflowId }}
        aria-label={label}
        className="flex size-control items-center justify-center rounded-control text-fg-muted hover:bg-hover hover:text-fg"
      >
        <Icon icon={icon} />
      </Link>
    </Tooltip>
  );
}
