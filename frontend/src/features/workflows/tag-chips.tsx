// The tags of a workflow as coloured words.

import type { WorkflowRow, WorkflowTag } from "@/api/types";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { useTags } from "./use-organising";

export const TONES: Readonly<Record<WorkflowTag["color"], Tone>> = {
  grey: "neutral",
  blue: "running",
  green: "success",
  amber: "warn",
  red: "error",
  violet: "accent",
};

export function TagChips({ row }: { readonly row: WorkflowRow }) {
  const tags = useTags().filter(({ id }) => row.tags.includes(id));
  if (tags.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map(({ id, name, color }) => (
        <Chip key={id} tone={TONES[color]}>
          {name}
        </Chip>
      ))}
    </span>
  );
}
