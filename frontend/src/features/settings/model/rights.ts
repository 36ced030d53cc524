// Rights as the server names them, in groups for people: `workflow.edit` is Edit of Workflows.

import { isKnown, t } from "@/lib/i18n";

export type RightGroup = { readonly subject: string; readonly rights: readonly string[] };

/** Groups in the order of their first right; within a group, seeing comes first. */
export function groupRights(rights: readonly string[]): readonly RightGroup[] {
  const groups = new Map<string, string[]>();
  for (const right of rights) {
    const subject = right.split(".")[0] ?? right;
    groups.set(subject, [...(groups.get(subject) ?? []), right]);
  }
  return [...groups].map(([subject, found]) => ({
    subject,
    rights: found.toSorted((a, b) => Number(b.endsWith(".view")) - Number(a.endsWith(".view"))),
  }));
}

/** What a right is about; a word that has no message yet is shown as it is. */
export function subjectLabel(subject: string): string {
  return worded("right", subject);
}

export function rightLabel(right: string): string {
  return worded("rightVerb", right.split(".")[1] ?? right);
}

function worded(area: string, word: string): string {
  const key = `${area}.${word}`;
  return isKnown(key) ? t(key) : word.replaceAll("_", " ");
}
