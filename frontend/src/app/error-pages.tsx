// What stands in a page's place when it is missing or failed.

import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { isProblem, messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { ErrorState } from "@/ui/error-state";

export function NotFoundPage() {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState icon={Compass} title={t("page.notFound")} action={<HomeLink />}>
        {t("page.notFoundText")}
      </EmptyState>
    </div>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  if (isProblem(error, 404)) return <NotFoundPage />;
  const requestId = isProblem(error) ? error.requestId : null;
  return (
    <div className="grid h-full place-items-center">
      <ErrorState
        title={isProblem(error, 403) ? t("page.forbidden") : t("page.failed")}
        message={messageOf(error)}
        requestId={requestId}
        details={[String(error), requestId, error instanceof Error && error.stack]
          .filter(Boolean)
          .join("\n")}
        onRetry={reset}
        action={<HomeLink />}
      />
    </div>
  );
}

function HomeLink() {
  return (
    <Link to="/" className={buttonClass()}>
      {t("page.home")}
    </Link>
  );
}
