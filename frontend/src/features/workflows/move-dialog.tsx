// Chooses the folder that something is moved to.

import { Folder, House } from "lucide-react";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { placesFor } from "./model/folders";
import { useFolders } from "./use-organising";

type Props = {
  /** The folder that is moved; null where workflows are. */
  readonly moved: string | null;
  readonly onMove: (folder: string | null) => void;
  readonly onClose: () => void;
};

export function MoveDialog({ moved, onMove, onClose }: Props) {
  const places = placesFor(useFolders(), moved);
  const choose = (folder: string | null) => {
    onMove(folder);
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("organise.moveTitle")} width="small">
      <ul className="flex max-h-96 flex-col overflow-y-auto">
        <Place icon={House} name={t("organise.top")} depth={0} onChoose={() => choose(null)} />
        {places.map(({ folder, depth }) => (
          <Place
            key={folder.id}
            icon={Folder}
            name={folder.name}
            depth={depth + 1}
            onChoose={() => choose(folder.id)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

type PlaceProps = {
  readonly icon: typeof Folder;
  readonly name: string;
  readonly depth: number;
  readonly onChoose: () => void;
};

function Place({ icon, name, depth, onChoose }: PlaceProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        style={{ paddingInlineStart: `${0.5 + depth * 1.25}rem` }}
        className="flex min-h-control w-full items-center gap-2 rounded-small pe-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon icon={icon} className="text-fg-subtle" />
        <span className="truncate">{name}</span>
      </button>
    </li>
  );
}
