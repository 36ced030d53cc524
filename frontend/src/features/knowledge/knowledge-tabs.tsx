// The parts of what the workspace knows, as a row of links.

import "@/lib/messages/remembered";
import { Link } from "@tanstack/react-router";
import { t } from "@/lib/i18n";

const PARTS = [
  { to: "/knowledge", label: "remembered.tab.collections" },
  { to: "/knowledge/memories", label: "memories.title" },
  { to: "/knowledge/labels", label: "labels.title" },
] as const;

export function KnowledgeTabs() {
  return (
    <nav
      aria-label={t("nav.knowledge")}
      className="flex gap-1 overflow-x-auto border-b border-line"
    >
      {PARTS.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true }}
          className="-mb-px flex min-h-control items-center border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-fg-muted hover:text-fg focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-fg"
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
