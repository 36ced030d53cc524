// What the model is told of a tool: its name, and in the author's words what it is for.

import "@/lib/messages/agents";
import type { NodeSpec } from "@/api/types";
import { setSettings, useCommit, useDocument } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Textarea } from "@/ui/textarea";
import { useInspected } from "../inspector-context";
import { LONGEST_TEXT, ownDescription, toolName } from "../model/tool";

type Props = { readonly spec: NodeSpec; readonly disabled: boolean };

export function ToolDescription({ spec, disabled }: Props) {
  const { node } = useInspected();
  const commit = useCommit();
  const name = useDocument((document) => toolName(document, node.id));
  // A package of tools describes each of them itself.
  if (name === undefined || !spec.attachable) return null;
  const { note = "", ...others } = node.settings ?? {};
  const change = (text: string) =>
    commit(
      t("agents.tool.step", { name: node.name }),
      (document) =>
        setSettings(document, node.id, text === "" ? others : { ...others, note: text }),
      { key: `settings:${node.id}:note` },
    );
  return (
    <Textarea
      label={t("agents.tool.description")}
      help={t("agents.tool.help")}
      optional
      aside={
        <span className="text-xs text-fg-muted">
          {t("agents.tool.name")}{" "}
          <code className="rounded-small bg-sunken px-1 font-code text-fg wrap-anywhere">
            {name}
          </code>
        </span>
      }
      rows={3}
      maxLength={LONGEST_TEXT}
      placeholder={ownDescription(node.name, spec)}
      value={note}
      disabled={disabled}
      onChange={({ target }) => change(target.value)}
    />
  );
}
