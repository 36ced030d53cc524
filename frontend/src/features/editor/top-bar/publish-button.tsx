// Publish, and the switch that takes a published workflow out of service.

import { Rocket } from "lucide-react";
import type { Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Switch } from "@/ui/switch";
import { useEditor } from "../store";
import { usePublishing } from "../use-publishing";

export function PublishButton({ workflow }: { readonly workflow: Workflow }) {
  const { ui } = useEditor();
  const { publish, deactivate } = usePublishing(workflow);
  const toggle = (active: boolean) => {
    if (active) ui.setState({ dialog: "publish" });
    else deactivate.mutate();
  };
  return (
    <>
      {workflow.published_version !== null && (
        <span className="pt-1 max-lg:hidden">
          <Switch
            label={workflow.active ? t("editor.active") : t("editor.inactive")}
            checked={workflow.active}
            disabled={deactivate.isPending || publish.isPending}
            onChange={toggle}
          />
        </span>
      )}
      <Button variant="primary" icon={Rocket} onClick={() => ui.setState({ dialog: "publish" })}>
        <span className="max-sm:sr-only">{t("editor.publish")}</span>
      </Button>
    </>
  );
}
