// The frame of the settings pages: one row of links, then the page.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";
import { Link, type LinkProps, Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { can, useSession, type Verb } from "@/features/auth";
import { Page } from "@/features/shell";
import { type MessageKey, t } from "@/lib/i18n";

type Section = {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: MessageKey;
  readonly needs: Verb;
};

const SECTIONS: readonly Section[] = [
  { to: "/settings/members", label: "members.title", needs: "member.view" },
  { to: "/settings/api-keys", label: "apiKeys.title", needs: "api_key.view" },
  { to: "/settings/variables", label: "variables.title", needs: "variable.view" },
  { to: "/settings/models", label: "models.title", needs: "llm.view" },
  { to: "/settings/audit", label: "audit.title", needs: "audit.view" },
  { to: "/settings/plugins", label: "plugins.title", needs: "plugin.view" },
];

export function SettingsFrame() {
  const session = useSession();
  return (
    <Page title={t("nav.settings")}>
      <nav
        aria-label={t("nav.settings")}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {SECTIONS.filter(({ needs }) => can(session, needs)).map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className="-mb-px flex min-h-control items-center border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-fg-muted hover:text-fg focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-fg"
          >
            {t(label)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}

type HeaderProps = { readonly text: string; readonly action?: ReactNode };

/** One line about a section, and its one action. */
export function SectionHeader({ text, action }: HeaderProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-fg-muted">{text}</p>
      {action}
    </div>
  );
}
