// A card that a finger pushes: right to approve, left to reject. The buttons do the same.

import { Check, X } from "lucide-react";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import "./inbox.css";
import { type Answer, answerOf } from "./model/swipe";

type Props = {
  readonly label: string;
  readonly onAnswer: (answer: Answer) => void;
  readonly children: ReactNode;
};

type Grip = { readonly x: number; readonly at: number };

export function SwipeCard({ label, onAnswer, children }: Props) {
  const grip = useRef<Grip | null>(null);
  const [moved, setMoved] = useState(0);
  const begin = (event: PointerEvent) => {
    // A mouse selects text on a card; fingers and pens push it.
    if (event.pointerType === "mouse") return;
    grip.current = { x: event.clientX, at: event.timeStamp };
  };
  const move = (event: PointerEvent) => {
    if (grip.current) setMoved(event.clientX - grip.current.x);
  };
  const end = (event: PointerEvent) => {
    if (!grip.current) return;
    const answer = answerOf(event.clientX - grip.current.x, event.timeStamp - grip.current.at);
    grip.current = null;
    setMoved(0);
    if (answer) onAnswer(answer);
  };
  const cancel = () => {
    grip.current = null;
    setMoved(0);
  };
  return (
    <article
      tabIndex={-1}
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={cancel}
      className={cx(
        "swipe-card relative flex flex-col gap-4 rounded-dialog border border-line bg-surface p-5 shadow-panel",
        moved > 0 && "swipe-approve",
        moved < 0 && "swipe-reject",
      )}
      style={moved === 0 ? undefined : { translate: `${moved}px`, rotate: `${moved / 40}deg` }}
    >
      {moved !== 0 && (
        <span aria-hidden className="absolute inset-x-4 top-3.5 flex">
          <span
            className={cx(
              "inline-flex h-11 items-center gap-2 rounded-full px-4 text-md font-semibold text-surface",
              moved > 0 ? "bg-success" : "ms-auto bg-error",
            )}
          >
            <Icon icon={moved > 0 ? Check : X} size={20} />
            {moved > 0 ? t("inbox.approve") : t("inbox.reject")}
          </span>
        </span>
      )}
      {children}
    </article>
  );
}
