// The pages of one workflow, as tabs in the top bar. They are addresses, so they are links.

import { Link } from "@tanstack/react-router";
import { t } from "@/lib/i18n";

const TAB =
  "inline-flex min-h-touch items-center rounded-small px-3 whitespace-nowrap focus-visible:-outline-offset-2 font-medium text-fg-muted transition-colors duration-(--time-hover) hover:text-fg aria-[current=page]:bg-raised aria-[current=page]:text-fg aria-[current=page]:shadow-control";

type Props = { readonly workflowId: string };

export function WorkflowTabs({ workflowId }: Props) {
  const exact = { exact: true, includeSearch: false };
  return (
    <nav
      aria-label={t("shell.workflowTabs")}
      className="inline-flex max-w-full items-center gap-0.5 overflow-x-auto rounded-control border border-line bg-sunken p-0.5"
    >
      <Link to="/w/$workflowId" params={{ workflowId }} activeOptions={exact} className={TAB}>
        {t("shell.editorTab")}
      </Link>
      <Link
        to="/w/$workflowId/executions"
        params={{ workflowId }}
        activeOptions={exact}
        className={TAB}
      >
        {t("nav.executions")}
      </Link>
      <Link to="/w/$workflowId/tests" params={{ workflowId }} activeOptions={exact} className={TAB}>
        {t("tests.title")}
      </Link>
      <Link
        to="/w/$workflowId/history"
        params={{ workflowId }}
        activeOptions={exact}
        className={TAB}
      >
        {t("shell.historyTab")}
      </Link>
    </nav>
  );
}
