// The tenant's administration: members, API keys, audit record, plugins.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";

export { ApiKeysView } from "./api-keys-view";
export { type AuditSearch, AuditView } from "./audit-view";
export { MembersView } from "./members-view";
export { PluginsView } from "./plugins-view";
export { roleLabel } from "./role-names";
export { SettingsFrame } from "./settings-frame";
