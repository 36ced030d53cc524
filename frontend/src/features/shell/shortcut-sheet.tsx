// What the keys do on this page, searchable.

import "@/lib/messages/shortcuts";
import { useState } from "react";
import { isEnabled, useActionList } from "@/lib/actions";
import { groupBy } from "@/lib/group-by";
import { t } from "@/lib/i18n";
import { beginsWithSingleKey } from "@/lib/keyboard";
import { setPreferences, usePreferences } from "@/lib/preferences";
import { Dialog } from "@/ui/dialog";
import { Keys } from "@/ui/kbd";
import { SearchField } from "@/ui/search-field";
import { Switch } from "@/ui/switch";
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
  const { singleKeys } = usePreferences();
  const works = (chord: string) => singleKeys || !beginsWithSingleKey(chord);
  return (
    <div className="flex flex-col gap-4 pb-2">
      <SearchField label={t("common.search")} value={text} onChange={setText} autoFocus />
      <Switch
        label={t("shortcuts.singleKeys")}
        help={t("shortcuts.singleKeysHelp")}
        checked={singleKeys}
        onChange={(next) => setPreferences({ singleKeys: next })}
      />
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
                      <span key={chord} className="flex items-center gap-1.5">
                        {!works(chord) && (
                          <span className="text-2xs text-fg-subtle">{t("shortcuts.off")}</span>
                        )}
                        <Keys chord={chord} />
                      </span>
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
