// The frame of the settings pages: one row of links, then the page.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { can, useSession } from "@/features/auth";
import { Page, SETTINGS_SECTIONS, usePageTitle } from "@/features/shell";
import { t } from "@/lib/i18n";

export function SettingsFrame() {
  const session = useSession();
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // Where not all of them fit, the one we are at is among those in sight.
  useEffect(() => {
    const here = nav.current?.querySelector(`a[href$="${path}"]`);
    here?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  const section = SETTINGS_SECTIONS.find(({ to }) => path.endsWith(to));
  usePageTitle(section ? t(section.label) : t("nav.settings"));
  return (
    <Page title={t("nav.settings")}>
      <nav
        ref={nav}
        aria-label={t("nav.settings")}
        className="flex gap-1 overflow-x-auto border-b border-line"
      >
        {SETTINGS_SECTIONS.filter(({ needs }) => can(session, needs)).map(({ to, label }) => (
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
