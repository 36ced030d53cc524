// Ctrl+K: every action, workflow, recent run and node of the open workflow, by a few letters.

import "@/lib/messages/audit";
import "@/lib/messages/pages";
import "@/lib/messages/plugins";
import "@/lib/messages/team";
import "@/lib/messages/templates";
import "@/lib/messages/variables";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { History, LayoutTemplate, type LucideIcon, Search, Settings, Workflow } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { executionsQuery, workflowsQuery } from "@/api/queries";
import { can, useSession } from "@/features/auth";
import { type Action, isEnabled, useActionList } from "@/lib/actions";
import { groupBy } from "@/lib/group-by";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Keys } from "@/ui/kbd";
import { SETTINGS_SECTIONS } from "./settings-sections";
import { showOverlay } from "./store";

export function CommandPalette() {
  return (
    <Dialog.Root open onOpenChange={() => showOverlay(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-enter bg-scrim" />
        <Dialog.Content
          data-scope="dialog"
          aria-describedby={undefined}
          className="fixed start-1/2 top-[12dvh] z-50 w-140 max-w-[calc(100vw-1.5rem)] -translate-x-1/2 animate-slide-up overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t("shell.search")}</Dialog.Title>
          <PaletteContent />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Closes first, so that what the command focuses keeps the focus. */
function closeThen(run: () => void): void {
  showOverlay(null);
  setTimeout(run);
}

/** Of things that there may be a thousand of, such as nodes. */
const MOST_NAMED = 20;

function isNamed({ label }: Action, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length > 0 && words.every((word) => label.toLowerCase().includes(word));
}

function PaletteContent() {
  const [text, setText] = useState("");
  const all = useActionList().filter((action) => !action.keysOnly && isEnabled(action));
  const named = all.filter((action) => action.searchOnly && isNamed(action, text));
  const actions = [...all.filter((action) => !action.searchOnly), ...named.slice(0, MOST_NAMED)];
  const groups = groupBy(actions, (action) => action.group);
  return (
    <Command label={t("shell.search")} loop>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Icon icon={Search} size={18} className="text-fg-subtle" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder={t("shell.searchHint")}
          className="h-13 min-w-0 flex-1 truncate bg-transparent text-lg outline-none"
        />
      </div>
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-auto p-2">
        <Command.Empty className="py-8 text-center text-fg-muted">
          {t("shell.searchEmpty")}
        </Command.Empty>
        {[...groups].map(([group, members]) => (
          <Group key={group} heading={group}>
            {members.map((action) => (
              <ActionItem key={action.id} action={action} />
            ))}
          </Group>
        ))}
        <PlaceItems />
        <WorkflowItems text={text} />
        <RunItems />
      </Command.List>
    </Command>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-subtle"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  readonly id: string;
  readonly icon: LucideIcon | undefined;
  readonly label: string;
  readonly hint?: string;
  readonly keys?: string | undefined;
  readonly synonyms?: readonly string[];
  readonly run: () => void;
};

function Item({ id, icon, label, hint, keys, synonyms = [], run }: ItemProps) {
  return (
    <Command.Item
      value={id}
      keywords={[label, ...synonyms]}
      onSelect={() => closeThen(run)}
      className="flex min-h-control items-center gap-3 rounded-control px-2.5 py-1.5 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
    >
      {icon && <Icon icon={icon} />}
      <span className="min-w-0 flex-1 truncate">
        {label}
        {hint && <span className="ms-2 text-fg-subtle">{hint}</span>}
      </span>
      {keys && <Keys chord={keys} />}
    </Command.Item>
  );
}

function ActionItem({ action }: { readonly action: Action }) {
  const { id, icon, label, keys, synonyms, run } = action;
  return (
    <Item id={id} icon={icon} label={label} keys={keys?.[0]} synonyms={synonyms ?? []} run={run} />
  );
}

/** What neither the rail nor the keys lead to at once. */
function PlaceItems() {
  const navigate = useNavigate();
  const session = useSession();
  const sections = SETTINGS_SECTIONS.filter(({ needs }) => can(session, needs));
  return (
    <Group heading={t("shell.groupMore")}>
      <Item
        id="/templates"
        icon={LayoutTemplate}
        label={t("templates.title")}
        run={() => void navigate({ to: "/templates" })}
      />
      {sections.map(({ to, label }) => (
        <Item
          key={to}
          id={to}
          icon={Settings}
          label={t(label)}
          hint={t("nav.settings")}
          synonyms={[t("nav.settings")]}
          run={() => void navigate({ to })}
        />
      ))}
    </Group>
  );
}

function WorkflowItems({ text }: { readonly text: string }) {
  const navigate = useNavigate();
  const { data } = useInfiniteQuery(workflowsQuery(text.length > 1 ? { q: text } : {}));
  const workflows = data?.pages[0]?.results.slice(0, 20) ?? [];
  if (workflows.length === 0) return null;
  return (
    <Group heading={t("nav.workflows")}>
      {workflows.map(({ id, name }) => (
        <Item
          key={id}
          id={id}
          icon={Workflow}
          label={name}
          run={() => void navigate({ to: "/w/$workflowId", params: { workflowId: id } })}
        />
      ))}
    </Group>
  );
}

function RunItems() {
  const navigate = useNavigate();
  const { data } = useInfiniteQuery(executionsQuery({ limit: 5 }));
  const runs = data?.pages[0]?.results.slice(0, 5) ?? [];
  if (runs.length === 0) return null;
  return (
    <Group heading={t("shell.groupRuns")}>
      {runs.map(({ id, number, workflow }) => (
        <Item
          key={id}
          id={id}
          icon={History}
          label={t("executions.runNumber", { number: String(number) })}
          hint={workflow.name}
          synonyms={[workflow.name]}
          run={() => void navigate({ to: "/runs/$executionId", params: { executionId: id } })}
        />
      ))}
    </Group>
  );
}
