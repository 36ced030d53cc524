// Puts a text on the clipboard and says so.

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { IconButton } from "./icon-button";

const SHOWN_MS = 1_500;

type Props = {
  readonly text: string;
  /** Names what is copied; shown unless `iconOnly`. */
  readonly label?: string;
  readonly iconOnly?: boolean;
};

export function CopyButton({ text, label = t("common.copy"), iconOnly }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const icon = copied ? Check : Copy;
  const shown = copied ? t("common.copied") : label;
  if (iconOnly) return <IconButton icon={icon} size="small" label={shown} onClick={copy} />;
  return (
    <Button icon={icon} onClick={copy}>
      {shown}
    </Button>
  );
}
