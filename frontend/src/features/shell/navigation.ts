// The places that the rail, the phone's bar and the palette lead to.

import type { LinkProps } from "@tanstack/react-router";
import {
  BookOpen,
  Bot,
  History,
  Inbox,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Table2,
  Workflow,
} from "lucide-react";
import type { Verb } from "@/features/auth";
import type { MessageKey } from "@/lib/i18n";

export type Destination = {
  readonly id: string;
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: MessageKey;
  readonly icon: LucideIcon;
  /** Second key after G. */
  readonly key?: string;
  readonly needs?: Verb;
  /** A phone has no room for it in its bar: there the account's page leads to it. */
  readonly wideOnly?: boolean;
  /** Other paths that belong to it, below the base path. */
  readonly alsoAt?: RegExp;
};

export const MAIN_DESTINATIONS: readonly Destination[] = [
  { id: "home", to: "/", label: "nav.home", icon: LayoutDashboard, key: "h" },
  {
    id: "workflows",
    to: "/workflows",
    label: "nav.workflows",
    icon: Workflow,
    key: "w",
    alsoAt: /^\/(?:w|templates)(?:\/|$)/,
  },
  {
    id: "executions",
    to: "/executions",
    label: "nav.executions",
    icon: History,
    key: "e",
    alsoAt: /^\/runs\//,
  },
  {
    id: "inbox",
    to: "/inbox",
    label: "nav.inbox",
    icon: Inbox,
    key: "a",
    needs: "approval.view",
  },
  {
    id: "credentials",
    to: "/credentials",
    label: "nav.credentials",
    icon: KeyRound,
    key: "c",
    needs: "credential.view",
    wideOnly: true,
  },
  {
    id: "agents",
    to: "/agents",
    label: "nav.agents",
    icon: Bot,
    key: "b",
    needs: "agent.view",
    wideOnly: true,
  },
  {
    id: "tables",
    to: "/tables",
    label: "nav.tables",
    icon: Table2,
    key: "t",
    needs: "table.view",
    wideOnly: true,
  },
  {
    id: "knowledge",
    to: "/knowledge",
    label: "nav.knowledge",
    icon: BookOpen,
    key: "k",
    needs: "knowledge.view",
    wideOnly: true,
  },
];

export const SETTINGS_DESTINATION: Destination = {
  id: "settings",
  to: "/settings",
  label: "nav.settings",
  icon: Settings,
  key: "s",
};

/** Where the place begins that a page belongs to: what other tenants have, too. */
export function sectionAt(path: string): string {
  const all = [...MAIN_DESTINATIONS, SETTINGS_DESTINATION];
  return all.find((destination) => isAt(destination, path))?.to ?? "/";
}

/** Does the page at `path` (below the base path) belong to this destination? */
export function isAt(destination: Destination, path: string): boolean {
  if (destination.to === "/") return path === "/";
  return path.startsWith(destination.to) || (destination.alsoAt?.test(path) ?? false);
}
