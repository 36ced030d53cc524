// The filters of a list under names: one press to come back to them.

import "@/lib/messages/views";
import { Bookmark, BookmarkPlus, Trash2 } from "lucide-react";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Popover } from "@/ui/popover";
import { TextField } from "@/ui/text-field";
import { forgetView, NAME_LENGTH, type Search, saveView, useViews, viewOf } from "./views";

const NONE: readonly never[] = [];

type Props = {
  /** Which list it is. */
  readonly list: string;
  readonly search: Search;
  readonly onApply: (search: Search) => void;
};

export function SavedViews({ list, search, onApply }: Props) {
  const views = useViews(({ lists }) => lists[list]) ?? NONE;
  const [isOpen, setOpen] = useState(false);
  const shown = viewOf(views, search);
  const apply = (wanted: Search) => {
    onApply(wanted);
    setOpen(false);
  };
  return (
    <Popover
      label={t("views.title")}
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      trigger={<Button icon={Bookmark}>{shown?.name ?? t("views.title")}</Button>}
    >
      <div className="flex flex-col gap-2">
        {views.length === 0 && <p className="text-fg-muted">{t("views.empty")}</p>}
        <ul className="flex flex-col">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-1">
              <button
                type="button"
                aria-current={view === shown}
                className="min-h-control min-w-0 flex-1 truncate rounded-control px-2 text-start hover:bg-hover aria-[current=true]:font-semibold"
                onClick={() => apply(view.search)}
              >
                {view.name}
              </button>
              <IconButton
                icon={Trash2}
                size="small"
                label={t("views.forget", { name: view.name })}
                onClick={() => forgetView(list, view.name)}
              />
            </li>
          ))}
        </ul>
        {Object.values(search).some(Boolean) && !shown && (
          <NewView onSave={(name) => saveView(list, name, search)} />
        )}
      </div>
    </Popover>
  );
}

function NewView({ onSave }: { readonly onSave: (name: string) => void }) {
  const [name, setName] = useState("");
  const wanted = name.trim();
  return (
    <form
      className="flex items-end gap-2 border-line border-t pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) onSave(wanted);
      }}
    >
      <div className="min-w-0 flex-1">
        <TextField
          label={t("views.name")}
          value={name}
          maxLength={NAME_LENGTH}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <Button type="submit" icon={BookmarkPlus} disabled={!wanted}>
        {t("views.save")}
      </Button>
    </form>
  );
}
