// Lets an owner decide whether the tenant's workflows may use a package.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Plugin } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Switch } from "@/ui/switch";

export function PluginSwitch({ plugin }: { readonly plugin: Plugin }) {
  const client = useQueryClient();
  const mayEdit = useCan("plugin.edit");
  const change = useMutation({
    mutationFn: (isOn: boolean) =>
      api.patch<Plugin>(`plugins/${encodeURIComponent(plugin.distribution)}/`, { is_on: isOn }),
    onSettled: () => refresh(client, keys.plugins),
  });
  if (plugin.trust === "core") {
    return null;
  }
  return (
    <div className="ms-auto">
      <Switch
        label={t("plugins.on", { name: plugin.name })}
        hideLabel
        checked={change.isPending ? change.variables : plugin.is_on}
        onChange={change.mutate}
        disabled={!mayEdit}
      />
    </div>
  );
}
