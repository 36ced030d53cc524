// The pages of the settings: for their row of links, and for the command palette.

import type { LinkProps } from "@tanstack/react-router";
import type { Verb } from "@/features/auth";
import type { MessageKey } from "@/lib/i18n";

type Section = {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: MessageKey;
  readonly needs: Verb;
};

export const SETTINGS_SECTIONS: readonly Section[] = [
  { to: "/settings/members", label: "members.title", needs: "member.view" },
  { to: "/settings/api-keys", label: "apiKeys.title", needs: "api_key.view" },
  { to: "/settings/variables", label: "variables.title", needs: "variable.view" },
  { to: "/settings/models", label: "models.title", needs: "llm.view" },
  { to: "/settings/audit", label: "audit.title", needs: "audit.view" },
  { to: "/settings/plugins", label: "plugins.title", needs: "plugin.view" },
];
