// A part of the page that could not be shown: what happened, the request, and a way on.

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { Icon } from "./icon";

type Props = {
  readonly title?: string;
  /** It stands in for a whole page. */
  readonly isPage?: boolean;
  readonly message: string;
  readonly requestId?: string | null;
  /** What "copy details" puts on the clipboard. */
  readonly details?: string;
  readonly onRetry?: () => void;
  readonly action?: ReactNode;
};

export function ErrorState(props: Props) {
  const { title, isPage = false, message, requestId, details, onRetry, action } = props;
  const Title = isPage ? "h1" : "p";
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <span className="flex size-11 items-center justify-center rounded-panel bg-error-soft text-error">
        <Icon icon={CircleAlert} size={22} />
      </span>
      <div className="flex max-w-lg flex-col gap-1">
        <Title className="text-md font-semibold">{title ?? t("errors.title")}</Title>
        <p className="text-fg-muted">{message}</p>
        {requestId && (
          <p className="font-code text-xs text-fg-subtle">
            {t("errors.requestId", { id: requestId })}
          </p>
        )}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        {onRetry && (
          <Button icon={RotateCw} onClick={onRetry}>
            {t("common.tryAgain")}
          </Button>
        )}
        <CopyButton text={details ?? message} label={t("common.copyDetails")} />
        {action}
      </div>
    </div>
  );
}
