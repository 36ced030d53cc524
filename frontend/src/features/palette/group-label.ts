// What stands over a group of node types.

import "@/lib/messages/palette";
import { t } from "@/lib/i18n";
import type { Catalog } from "./model/catalog";
import { RECENT_GROUP, RESULTS_GROUP } from "./model/search";

export function groupLabel(catalog: Catalog, group: string): string {
  if (group === RECENT_GROUP) return t("palette.recent");
  if (group === RESULTS_GROUP) return t("palette.results");
  return catalog.category(group).label;
}
