// A card as those who are asked will see it; nothing on it is answered or corrected yet.

import "@/lib/messages/people";
import "@/lib/messages/runs";
import type { Approval } from "@/api/types";
import { ApprovalCard } from "./approval-card";
import { CorrectionForm } from "./correction-form";

type Props = { readonly approval: Approval };

export function CardPreview({ approval }: Props) {
  const { title, correctable } = approval;
  return (
    <article
      aria-label={title}
      className="flex flex-col gap-4 rounded-dialog border border-line bg-surface p-5 shadow-panel"
    >
      <ApprovalCard approval={approval} />
      {correctable.length > 0 && (
        <div inert className="border-t border-line pt-4">
          <CorrectionForm fields={correctable} drafts={{}} faults={{}} onChange={() => undefined} />
        </div>
      )}
    </article>
  );
}
