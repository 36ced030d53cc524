// One's own page: who one is, how the app looks, which keys work, where one is signed in.

import "@/lib/messages/pages";
import "@/lib/messages/shortcuts";
import "@/lib/messages/team";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  BookOpen,
  Keyboard,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  Settings,
  Sun,
  Table2,
} from "lucide-react";
import { Suspense } from "react";
import { api } from "@/api/client";
import { signOut, useSession } from "@/features/auth";
import { NotificationWishesCard } from "@/features/notifications";
import { Page } from "@/features/shell";
import { runAction } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { setPreferences, type Theme, usePreferences } from "@/lib/preferences";
import { Button, buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { Segmented } from "@/ui/segmented";
import { Switch } from "@/ui/switch";
import { OperatorsLink } from "./operators-link";
import { ProfileCard } from "./profile-card";
import { SessionsCard } from "./sessions-card";

export function AccountView() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => signOut(client).then(() => navigate({ to: "/sign-in" }));
  return (
    <Page
      title={t("nav.account")}
      width="normal"
      actions={
        <>
          <OperatorsLink />
          <Button icon={LogOut} onClick={() => void leave()}>
            {t("account.signOut")}
          </Button>
        </>
      }
    >
      <ProfileCard />
      <Appearance />
      <Keys />
      <Suspense>
        <NotificationWishesCard />
      </Suspense>
      <SessionsCard />
      {FOR_PHONES.map(({ to, label, icon }) => (
        <Link key={to} to={to} className={`${buttonClass()} self-start sm:hidden`}>
          <Icon icon={icon} />
          {t(label)}
        </Link>
      ))}
      <Version />
    </Page>
  );
}

/** Where a phone's bar has no room for. */
const FOR_PHONES = [
  { to: "/credentials", label: "nav.credentials", icon: KeyRound },
  { to: "/tables", label: "nav.tables", icon: Table2 },
  { to: "/knowledge", label: "nav.knowledge", icon: BookOpen },
  { to: "/settings", label: "nav.settings", icon: Settings },
] as const;

function Appearance() {
  const { theme, density, lessMotion } = usePreferences();
  const chooseTheme = (next: Theme) => {
    setPreferences({ theme: next });
    // The device remembers by itself; the account's copy is for other devices.
    api.patch("session/preferences/", { theme: next }).catch(() => undefined);
  };
  return (
    <Card title={t("account.appearance")} className="pb-4">
      <div className="flex flex-wrap gap-6 px-4">
        <div className="flex flex-col items-start gap-1.5">
          <span className="text-xs font-medium text-fg-muted">{t("account.theme")}</span>
          <Segmented
            label={t("account.theme")}
            value={theme}
            onChange={chooseTheme}
            segments={[
              { value: "light", label: t("account.light"), icon: Sun },
              { value: "dark", label: t("account.dark"), icon: Moon },
              { value: "system", label: t("account.system"), icon: Monitor },
            ]}
          />
        </div>
        <div className="flex flex-col items-start gap-1.5">
          <span className="text-xs font-medium text-fg-muted">{t("account.density")}</span>
          <Segmented
            label={t("account.density")}
            value={density}
            onChange={(next) => setPreferences({ density: next })}
            segments={[
              { value: "comfortable", label: t("account.comfortable") },
              { value: "compact", label: t("account.compact") },
            ]}
          />
        </div>
        <Switch
          label={t("profile.motion")}
          help={t("profile.motionHelp")}
          checked={lessMotion}
          onChange={(next) => setPreferences({ lessMotion: next })}
        />
      </div>
    </Card>
  );
}

function Keys() {
  const { singleKeys } = usePreferences();
  return (
    <Card title={t("account.keyboard")} className="pb-4">
      <div className="flex flex-wrap items-start justify-between gap-3 px-4">
        <Switch
          label={t("shortcuts.singleKeys")}
          help={t("shortcuts.singleKeysHelp")}
          checked={singleKeys}
          onChange={(next) => setPreferences({ singleKeys: next })}
        />
        <Button icon={Keyboard} onClick={() => runAction("app.shortcuts")}>
          {t("shell.shortcuts")}
        </Button>
      </div>
    </Card>
  );
}

function Version() {
  const { version } = useSession();
  return <p className="text-xs text-fg-subtle">{t("account.version", { version })}</p>;
}
