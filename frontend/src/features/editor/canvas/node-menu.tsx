// The menu at a node: right click, or a long press of a finger. Every entry is an action of the list.

import { type ReactNode, useState } from "react";
import { type Action, isEnabled, registered } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { ContextMenu, type MenuEntry } from "@/ui/menu";
import { nodeById } from "../model/types";
import { selectElement } from "../select-element";
import { useEditor } from "../store";

/** In the order of the menu; what is not offered now is left out. */
const SECTIONS: readonly (readonly string[])[] = [
  ["editor.inspect", "editor.runToHere", "editor.runFromHere", "editor.runThisNode", "runs.fork"],
  ["editor.drillIn", "editor.attach"],
  ["editor.groups.group", "editor.groups.ungroup", "editor.groups.fold", "editor.extract"],
  ["editor.rename", "editor.duplicate", "editor.disable", "editor.pin"],
  ["editor.delete"],
];
const DANGERS: readonly string[] = ["editor.delete"];

const NONE: readonly MenuEntry[] = [];

type Props = { readonly children: ReactNode };

export function NodeMenu({ children }: Props) {
  const editor = useEditor();
  const [entries, setEntries] = useState(NONE);
  /** Elsewhere there is no menu: the right button moves the canvas, a finger too. */
  const choose = (target: EventTarget) => {
    const card = target instanceof Element ? target.closest<HTMLElement>("[data-node]") : null;
    const id = card?.dataset["node"];
    if (id === undefined) return setEntries(NONE);
    if (!editor.selection.getState().elements.has(id)) selectElement(editor, id);
    editor.selection.setState({ focused: id });
    const { document } = editor.docStore.getState();
    if (editor.ui.getState().inspecting !== null && nodeById(document, id))
      editor.ui.setState({ inspecting: id });
    setEntries(entriesNow());
  };
  return (
    <ContextMenu label={t("editor.nodeMenu")} entries={entries} className="h-full">
      <div
        className="h-full"
        onContextMenuCapture={(event) => choose(event.target)}
        onPointerDownCapture={(event) => {
          if (event.pointerType !== "mouse") choose(event.target);
        }}
      >
        {children}
      </div>
    </ContextMenu>
  );
}

function entriesNow(): readonly MenuEntry[] {
  const known = new Map(registered().map((action) => [action.id, action]));
  const sections = SECTIONS.map((ids) =>
    ids.flatMap((id) => {
      const action = known.get(id);
      return action && isEnabled(action) ? [entryOf(action)] : [];
    }),
  ).filter((section) => section.length > 0);
  return sections.flatMap((section, index) =>
    index === 0 ? section : ["separator" as const, ...section],
  );
}

function entryOf({ id, label, icon, keys, run }: Action): MenuEntry {
  return {
    id,
    label,
    ...(icon ? { icon } : {}),
    keys: keys?.[0],
    danger: DANGERS.includes(id),
    onSelect: run,
  };
}
