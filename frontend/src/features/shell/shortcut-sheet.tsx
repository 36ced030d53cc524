// What the keys do on this page, searchable.

import { useState } from "react";
import { isEnabled, useActionList } from "@/lib/actions";
import { groupBy } from "@/lib/group-by";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { Keys } from "@/ui/kbd";
import { SearchField } from "@/ui/search-field";
import { showOverlay } from "./store";

export function ShortcutSheet() {
  return (
    <Dialog
      open
      onOpenChange={() => showOverlay(null)}
      title={t("shell.shortcuts")}
      description={t("shell.shortcutsHelp")}
      width="large"
    >
      <SheetContent />
    </Dialog>
  );
}

function SheetContent() {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const actions = useActionList().filter(
    (action) => action.keys && isEnabled(action) && action.label.toLowerCase().includes(wanted),
  );
  const groups = groupBy(actions, (action) => action.group);
  return (
    <div className="flex flex-col gap-4 pb-2">
      <SearchField label={t("common.search")} value={text} onChange={setText} autoFocus />
      <div className="columns-2 gap-8 max-sm:columns-1">
        {[...groups].map(([group, members]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="pb-1 text-xs text-fg-subtle">{group}</h3>
            <dl>
              {members.map(({ id, label, keys = [] }) => (
                <div key={id} className="flex min-h-8 items-center justify-between gap-3">
                  <dt>{label}</dt>
                  <dd className="flex gap-2">
                    {keys.map((chord) => (
                      <Keys key={chord} chord={chord} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}
