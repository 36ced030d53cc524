// Says that somebody else is editing a node's parameters, and lets one take over.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import "@/lib/messages/presence";
import { useStore } from "zustand";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { useEditor } from "../store";
import { lockOf } from "./peers";

/** True while another person edits the parameters of this node. */
export function useIsLocked(node: string): boolean {
  return useStore(useEditor().presence, ({ people }) => lockOf(people, node) !== null);
}

export function SoftLock({ node }: { readonly node: string }) {
  const { presence } = useEditor();
  const name = useStore(presence, ({ people }) => lockOf(people, node)?.person.name);
  const takeOver = useStore(presence, (state) => state.takeOver);
  if (name === undefined) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-2"
    >
      <Avatar name={name} size="small" />
      <span className="flex-1">{t("presence.editing", { name })}</span>
      <Button size="small" onClick={takeOver}>
        {t("presence.takeOver")}
      </Button>
    </div>
  );
}
