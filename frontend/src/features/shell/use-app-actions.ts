// The actions that work on every page: going places, the palette, the theme, signing out.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleHelp, LogOut, Moon, Search, UserRound } from "lucide-react";
import { signOut } from "@/features/auth";
import { type Action, useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { preferences, setPreferences } from "@/lib/preferences";
import { MAIN_DESTINATIONS, SETTINGS_DESTINATION } from "./navigation";
import { showOverlay } from "./store";
import { useReachable } from "./use-reachable";

const DESTINATIONS = [...MAIN_DESTINATIONS, SETTINGS_DESTINATION];

export function useAppActions(): void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const goings = useReachable(DESTINATIONS).map(
    (destination): Action => ({
      id: `go.${destination.id}`,
      label: t("shell.goTo", { place: t(destination.label) }),
      group: t("shell.groupGo"),
      scope: "app",
      icon: destination.icon,
      ...(destination.key ? { keys: [`g ${destination.key}`] } : {}),
      run: () => void navigate({ to: destination.to }),
    }),
  );
  useActions([
    ...goings,
    {
      id: "app.palette",
      label: t("shell.search"),
      group: t("shell.groupApp"),
      scope: "app",
      icon: Search,
      keys: ["mod+k"],
      keysOnly: true,
      run: () => showOverlay("palette"),
    },
    {
      id: "app.shortcuts",
      label: t("shell.shortcuts"),
      group: t("shell.groupApp"),
      scope: "app",
      icon: CircleHelp,
      keys: ["?"],
      run: () => showOverlay("shortcuts"),
    },
    {
      id: "app.theme",
      label: t("shell.toggleTheme"),
      group: t("shell.groupApp"),
      scope: "app",
      icon: Moon,
      synonyms: ["dark", "light", "appearance"],
      run: toggleTheme,
    },
    {
      id: "app.account",
      label: t("shell.goTo", { place: t("nav.account") }),
      group: t("shell.groupGo"),
      scope: "app",
      icon: UserRound,
      run: () => void navigate({ to: "/me" }),
    },
    {
      id: "app.signOut",
      label: t("account.signOut"),
      group: t("shell.groupApp"),
      scope: "app",
      icon: LogOut,
      run: () => void signOut(client).then(() => navigate({ to: "/sign-in" })),
    },
  ]);
}

function toggleTheme(): void {
  const { theme } = preferences();
  const isDark =
    theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  setPreferences({ theme: isDark ? "light" : "dark" });
}
