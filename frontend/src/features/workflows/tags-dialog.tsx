// Puts tags on workflows or takes them off; makes, recolours and deletes tags.

import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { messageOf } from "@/api/problem";
import type { WorkflowRow, WorkflowTag } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Chip } from "@/ui/chip";
import { ConfirmDialog, Dialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Select, SelectInput } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { TONES } from "./tag-chips";
import { useKeeping, useOrganise, useTags } from "./use-organising";

const COLORS = (Object.keys(TONES) as WorkflowTag["color"][]).map((value) => ({
  value,
  label: t(`organise.color.${value}`),
}));

type Props = { readonly rows: readonly WorkflowRow[]; readonly onClose: () => void };

export function TagsDialog({ rows, onClose }: Props) {
  const tags = useTags();
  const [only] = rows;
  const title =
    rows.length === 1 && only
      ? t("organise.tagsOf", { name: only.name })
      : t("organise.tagsTitle", { count: rows.length });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      width="small"
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("common.close")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {tags.length === 0 && <p className="text-fg-muted">{t("organise.noTags")}</p>}
        <ul className="flex max-h-80 flex-col gap-1 overflow-y-auto">
          {tags.map((tag) => (
            <TagLine key={tag.id} tag={tag} rows={rows} />
          ))}
        </ul>
        <NewTag />
      </div>
    </Dialog>
  );
}

function TagLine({ tag, rows }: { readonly tag: WorkflowTag; readonly rows: Props["rows"] }) {
  const [asking, setAsking] = useState(false);
  const [put, setPut] = useState<boolean | null>(null);
  const organise = useOrganise();
  const keeping = useKeeping("workflow-tags");
  const having = rows.filter(({ tags }) => tags.includes(tag.id)).length;
  const mixed = having === rows.length ? true : having > 0 && "indeterminate";
  return (
    <li className="flex items-center justify-between gap-2">
      <Checkbox
        label={<Chip tone={TONES[tag.color]}>{tag.name}</Chip>}
        checked={put ?? mixed}
        onChange={(isOn) => {
          setPut(isOn);
          const ids = rows.map(({ id }) => id);
          organise.mutate({ action: isOn ? "tag" : "untag", tag: tag.id, ids });
        }}
      />
      <span className="flex items-center gap-1">
        <SelectInput
          aria-label={t("organise.color")}
          value={tag.color}
          options={COLORS}
          onChange={(color) => keeping.mutate({ id: tag.id, body: { color } })}
          className="w-28"
        />
        <IconButton
          icon={Trash2}
          label={t("organise.deleteTag", { name: tag.name })}
          onClick={() => setAsking(true)}
        />
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("organise.deleteTagTitle", { name: tag.name })}
        description={t("organise.deleteTagText", { count: tag.workflows })}
        confirmLabel={t("common.delete")}
        danger
        busy={keeping.isPending}
        onConfirm={() =>
          keeping.mutate({ id: tag.id, body: null }, { onSettled: () => setAsking(false) })
        }
      />
    </li>
  );
}

function NewTag() {
  const [name, setName] = useState("");
  const [color, setColor] = useState("blue");
  const keeping = useKeeping("workflow-tags", () => setName(""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") keeping.mutate({ body: { name: name.trim(), color } });
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2 border-t border-line pt-4">
      <TextField
        label={t("organise.newTag")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={keeping.error && messageOf(keeping.error)}
        maxLength={40}
        className="min-w-0 flex-1"
      />
      <Select
        label={t("organise.color")}
        value={color}
        options={COLORS}
        onChange={setColor}
        className="w-28"
      />
      <Button type="submit" busy={keeping.isPending} disabled={name.trim() === ""}>
        {t("organise.createTag")}
      </Button>
    </form>
  );
}
