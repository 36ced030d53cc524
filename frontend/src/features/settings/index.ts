// The tenant's administration: members, API keys, audit record, plugins.

export { ApiKeysView } from "./api-keys-view";
export { type AuditSearch, AuditView } from "./audit-view";
export { MembersView } from "./members-view";
export { PluginsView } from "./plugins-view";
export { roleLabel } from "./role-names";
export { SettingsFrame } from "./settings-frame";
