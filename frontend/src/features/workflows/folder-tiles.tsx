// The way to the folder that is open, and the folders in it; workflows may be dropped on both.

import { Link } from "@tanstack/react-router";
import { ChevronRight, Ellipsis, Folder, FolderInput, PencilLine, Trash2 } from "lucide-react";
import { type DragEvent, type ReactNode, useState } from "react";
import type { WorkflowFolder } from "@/api/types";
import { useCan } from "@/features/auth";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { droppedWorkflow, isWorkflow } from "./dragging";
import { FolderDialog } from "./folder-dialog";
import { foldersIn, pathTo } from "./model/folders";
import { MoveDialog } from "./move-dialog";
import { useFolders, useKeeping, useOrganise } from "./use-organising";

/** The way from the top to the open folder; nothing at the top. */
export function FolderPath({ open }: { readonly open: string | undefined }) {
  const path = pathTo(useFolders(), open);
  if (path.length === 0) return null;
  return (
    <nav aria-label={t("organise.folders")} className="flex flex-wrap items-center gap-1">
      <DropPlace folder={null}>
        <Link to="/workflows" search={{}} className={STEP}>
          {t("organise.top")}
        </Link>
      </DropPlace>
      {path.map(({ id, name }) => (
        <span key={id} className="inline-flex items-center gap-1">
          <Icon icon={ChevronRight} size={14} className="text-fg-subtle" />
          <DropPlace folder={id}>
            <Link
              to="/workflows"
              search={{ folder: id }}
              aria-current={id === open ? "page" : undefined}
              className={STEP}
            >
              {name}
            </Link>
          </DropPlace>
        </span>
      ))}
    </nav>
  );
}

const STEP =
  "inline-flex min-h-touch items-center rounded-small px-1 text-fg-muted hover:text-fg aria-[current=page]:font-semibold aria-[current=page]:text-fg";

/** The folders in the open one. */
export function FolderTiles({ open }: { readonly open: string | undefined }) {
  const inner = foldersIn(useFolders(), open ?? null);
  if (inner.length === 0) return null;
  return (
    <ul
      aria-label={t("organise.folders")}
      className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-2"
    >
      {inner.map((folder) => (
        <li key={folder.id}>
          <DropPlace folder={folder.id}>
            <span className="relative flex items-center gap-3 rounded-panel border border-line bg-surface py-2 ps-3 pe-1 hover:border-line-strong">
              <Icon icon={Folder} size={18} className="text-accent" />
              <span className="flex min-w-0 flex-1 flex-col">
                <Link
                  to="/workflows"
                  search={{ folder: folder.id }}
                  className="truncate font-semibold after:absolute after:inset-0 after:rounded-panel"
                >
                  {folder.name}
                </Link>
                <span className="text-xs text-fg-muted">
                  {t("organise.folderContents", { count: folder.workflows })}
                </span>
              </span>
              <FolderMenu folder={folder} />
            </span>
          </DropPlace>
        </li>
      ))}
    </ul>
  );
}

function DropPlace(props: { readonly folder: string | null; readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  const organise = useOrganise();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const id = droppedWorkflow(event);
    if (id) organise.mutate({ action: "move", ids: [id], folder: props.folder });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the menu does the same.
    <span
      onDragOver={(event) => {
        if (!isWorkflow(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx("block rounded-panel", over && "outline-2 outline-offset-2 outline-accent")}
    >
      {props.children}
    </span>
  );
}

function FolderMenu({ folder }: { readonly folder: WorkflowFolder }) {
  const [asking, setAsking] = useState<"rename" | "move" | "delete" | null>(null);
  const keeping = useKeeping("workflow-folders", () => setAsking(null));
  const mayEdit = useCan("workflow.edit");
  if (!mayEdit) return null;
  const close = () => setAsking(null);
  const label = t("organise.folderMenu", { name: folder.name });
  return (
    <span className="relative">
      <Menu
        label={label}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={label} />}
        entries={[
          {
            id: "rename",
            label: t("common.rename"),
            icon: PencilLine,
            onSelect: () => setAsking("rename"),
          },
          {
            id: "move",
            label: t("organise.move"),
            icon: FolderInput,
            onSelect: () => setAsking("move"),
          },
          "separator",
          {
            id: "delete",
            label: t("common.delete"),
            icon: Trash2,
            danger: true,
            onSelect: () => setAsking("delete"),
          },
        ]}
      />
      {asking === "rename" && (
        <FolderDialog folder={folder} parent={folder.parent_id} onClose={close} />
      )}
      {asking === "move" && (
        <MoveDialog
          moved={folder.id}
          onMove={(above) => keeping.mutate({ id: folder.id, body: { parent_id: above } })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={close}
        title={t("organise.deleteFolder", { name: folder.name })}
        description={t("organise.deleteFolderText")}
        confirmLabel={t("common.delete")}
        danger
        busy={keeping.isPending}
        onConfirm={() => keeping.mutate({ id: folder.id, body: null })}
      />
    </span>
  );
}
