// The node types that may be added: finding, showing and picking them. The only door into this feature.

export { PalettePanel, QuickAdd } from "./deferred";
export { buildCatalog, type Catalog, EMPTY_CATALOG } from "./model/catalog";
export { rememberType } from "./model/recent";
export { NodeTile } from "./node-tile";
export { NODE_TYPE_MIME } from "./node-type-mime";
export { OffMark } from "./off-mark";
export type { PickMode } from "./quick-add";
