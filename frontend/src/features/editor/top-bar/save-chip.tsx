// How saving stands, truly: saved, saving, offline, refused, in conflict.

import { CircleAlert, CloudCheck, CloudOff, type LucideIcon, RefreshCw } from "lucide-react";
import { useStore } from "zustand";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { SaveState, Saving } from "../saving/autosave";
import { useDocumentState, useEditor } from "../store";

export function SaveChip() {
  const { saving } = useEditor();
  return saving ? (
    <LiveChip saving={saving} />
  ) : (
    <span className="text-fg-muted">{t("editor.readOnly")}</span>
  );
}

type Look = readonly [icon: LucideIcon, tone: string];

const LOOKS: Readonly<Record<SaveState["kind"], Look>> = {
  saved: [CloudCheck, "text-success"],
  saving: [RefreshCw, "text-fg-subtle"],
  offline: [CloudOff, "text-warn"],
  refused: [CircleAlert, "text-error"],
  conflict: [CircleAlert, "text-error"],
};

function LiveChip({ saving }: { readonly saving: Saving }) {
  const { ui } = useEditor();
  const state = useStore(saving.state);
  const isKept = useStore(saving.isKept);
  const revision = useDocumentState(({ saved }) => saved.revision);
  const [icon, tone] = LOOKS[state.kind];
  const text = textOf(state, revision, isKept);
  const shown = (
    <>
      <Icon icon={icon} className={tone} />
      <span className="max-lg:sr-only">{text}</span>
    </>
  );
  const style = "inline-flex items-center gap-1.5 whitespace-nowrap";
  if (state.kind === "saved" || state.kind === "saving") {
    return (
      <span role="status" title={text} className={cx(style, "text-fg-muted")}>
        {shown}
      </span>
    );
  }
  const act = () =>
    state.kind === "conflict"
      ? ui.setState({ dialog: "conflict" })
      : void saving.flush().catch(() => undefined);
  return (
    <button
      type="button"
      title={hintOf(state, isKept) ?? text}
      onClick={act}
      className={cx(style, "rounded-control px-1.5 font-medium hover:bg-hover", tone)}
    >
      {shown}
    </button>
  );
}

function textOf(state: SaveState, revision: number, isKept: boolean): string {
  if (state.kind === "saved") return t("editor.save.saved", { revision: String(revision) });
  if (isKept || state.kind === "saving" || state.kind === "refused") {
    return t(`editor.save.${state.kind}`);
  }
  return t(`editor.save.${state.kind}Unkept`);
}

function hintOf(state: SaveState, isKept: boolean): string | null {
  if (state.kind === "refused") return state.message;
  return isKept ? null : t("editor.save.unkeptHint");
}
