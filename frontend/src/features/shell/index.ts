// The frame around every page: rail, top bar with slots, palette, shortcut sheet.

export { AppShell } from "./app-shell";
export { Page, usePageTitle } from "./page";
export { SETTINGS_SECTIONS } from "./settings-sections";
export { Crumb, TopBarSlot, type TopBarSlotName } from "./top-bar-slots";
export { WorkflowTabs } from "./workflow-tabs";
