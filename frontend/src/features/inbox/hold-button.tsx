// A button that counts only when it is held: by finger, mouse or key. A reader's click asks instead.

import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "@/lib/cx";
import { Button } from "@/ui/button";
import "./inbox.css";

/** So long it is held; the bar in inbox.css grows as long. */
export const HOLD_MS = 1_200;

type Props = {
  readonly icon: LucideIcon;
  readonly className?: string;
  readonly onHeld: () => void;
  /** Clicked without a finger or key on it, as screen readers and voices do. */
  readonly onClicked: () => void;
  readonly children: ReactNode;
};

export function HoldButton({ icon, className, onHeld, onClicked, children }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isHeld, setHeld] = useState(false);
  const begin = () => {
    clearTimeout(timer.current);
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      onHeld();
    }, HOLD_MS);
  };
  const end = () => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Button
      size="large"
      variant="primary"
      icon={icon}
      className={cx("hold-button", isHeld && "hold-button-held", className)}
      onPointerDown={(event) => event.button === 0 && begin()}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!isPress(event)) return;
        event.preventDefault();
        if (!event.repeat) begin();
      }}
      onKeyUp={(event) => {
        if (!isPress(event)) return;
        event.preventDefault();
        end();
      }}
      onBlur={end}
      onClick={(event) => {
        if (event.detail === 0) onClicked();
      }}
    >
      {children}
    </Button>
  );
}

const isPress = ({ key }: KeyboardEvent): boolean => key === "Enter" || key === " ";
