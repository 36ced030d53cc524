// Finding a node of this workflow: the camera follows the marked result.

import "@/lib/messages/dialogs";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useMemo, useState } from "react";
import { NodeTile } from "@/features/palette";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { useCamera } from "../canvas/rf";
import { findNodes } from "../model/find";
import { nodeById } from "../model/types";
import { focusCurrent } from "../operations";
import { select } from "../selection";
import { useDocument, useDocumentState, useEditor } from "../store";

export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const camera = useCamera();
  const [query, setQuery] = useState("");
  const document = useDocument((whole) => whole);
  const problems = useDocumentState((state) => state.problems);
  const { byType } = editor.catalog;
  const found = useMemo(
    () => findNodes(document, byType, problems, query),
    [document, byType, problems, query],
  );
  const show = (id: string) => {
    const node = nodeById(document, id);
    if (!node) return;
    select(editor.selection, [id]);
    camera.reveal(node.position, [232, 92]);
  };
  const choose = (id: string) => {
    show(id);
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          data-scope="dialog"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusCurrent(editor);
          }}
          className="fixed end-4 top-16 z-50 w-88 max-w-[calc(100vw-2rem)] animate-enter rounded-panel border border-line bg-raised shadow-dialog focus:outline-none"
        >
          <Dialog.Title className="sr-only">{t("editor.find")}</Dialog.Title>
          <Command
            shouldFilter={false}
            vimBindings={false}
            loop
            label={t("editor.find")}
            onValueChange={show}
          >
            <div className="flex h-11 items-center gap-2.5 px-3">
              <Icon icon={Search} className="text-fg-subtle" />
              <Command.Input
                autoFocus
                value={query}
                onValueChange={setQuery}
                placeholder={t("editor.findHint")}
                className="h-full min-w-0 flex-1 bg-transparent outline-none"
              />
            </div>
            <Command.List className="max-h-80 overflow-y-auto not-empty:border-t not-empty:border-line">
              {query !== "" && found.length === 0 && (
                <Command.Empty className="p-3 text-fg-muted">
                  {t("editor.findNothing")}
                </Command.Empty>
              )}
              {found.map(({ node, where }) => (
                <Command.Item
                  key={node.id}
                  value={node.id}
                  onSelect={choose}
                  className="flex items-center gap-2.5 px-3 py-1.5 data-[selected=true]:bg-accent-soft"
                >
                  <NodeTile catalog={editor.catalog} spec={byType(node.type)} size="small" />
                  <span className="min-w-0 flex-1 truncate font-medium">{node.name}</span>
                  <span className="text-xs text-fg-subtle">{t(`editor.found.${where}`)}</span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
