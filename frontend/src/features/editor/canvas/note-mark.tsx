// On a card: that somebody wrote on the node. The text shows under the pointer and on keyboard focus.

import "@/lib/messages/noted";
import { StickyNote } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Markdown } from "@/ui/markdown";

export function NoteMark({ text }: { readonly text: string }) {
  const mark = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);
  useCardFocus(mark, setShown);
  useEscape(shown, () => setShown(false));
  return (
    <span
      ref={mark}
      className="relative flex shrink-0"
      onPointerEnter={() => setShown(true)}
      onPointerLeave={() => setShown(false)}
    >
      <Icon icon={StickyNote} size={12} className="text-warn" label={t("noted.title")} />
      {shown && (
        <span className="note-bubble nodrag nopan nowheel absolute start-0 top-full z-10 block pt-1.5">
          <span
            role="tooltip"
            className="block max-h-60 w-64 overflow-y-auto rounded-control border border-line bg-raised p-2.5 text-xs font-normal whitespace-normal text-fg shadow-panel"
          >
            <Markdown text={text} />
          </span>
        </span>
      )}
    </span>
  );
}

/** Tells when the card around the mark has the focus of the keyboard, and when it has lost it. */
function useCardFocus(mark: RefObject<HTMLElement | null>, tell: (has: boolean) => void): void {
  useEffect(() => {
    const card = mark.current?.closest("[data-node]");
    if (!card) return;
    const focus = () => tell(card.matches(":focus-visible"));
    const blur = () => tell(false);
    card.addEventListener("focus", focus);
    card.addEventListener("blur", blur);
    return () => {
      card.removeEventListener("focus", focus);
      card.removeEventListener("blur", blur);
    };
  }, [mark, tell]);
}

function useEscape(isOn: boolean, close: () => void): void {
  const newest = useRef(close);
  useEffect(() => {
    newest.current = close;
  });
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => event.key === "Escape" && newest.current();
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn]);
}
