// What stands in a page's place when it is missing or failed.

import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { isProblem, messageOf } from "@/api/problem";
import { usePageTitle } from "@/features/shell";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { ErrorState } from "@/ui/error-state";

export function NotFoundPage() {
  usePageTitle(t("page.notFound"));
  return (
    <div className="grid h-full place-items-center">
      <EmptyState isPage icon={Compass} title={t("page.notFound")} action={<HomeLink />}>
        {t("page.notFoundText")}
      </EmptyState>
    </div>
  );
}

export function PageError({ error, reset }: ErrorComponentProps) {
  if (isProblem(error, 404)) return <NotFoundPage />;
  return <FailedPage error={error} reset={reset} />;
}

type FailedProps = Pick<ErrorComponentProps, "error" | "reset">;

function FailedPage({ error, reset }: FailedProps) {
  const title = isProblem(error, 403) ? t("page.forbidden") : t("page.failed");
  const requestId = isProblem(error) ? error.requestId : null;
  usePageTitle(title);
  return (
    <div className="grid h-full place-items-center">
      <ErrorState
        isPage
        title={title}
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
