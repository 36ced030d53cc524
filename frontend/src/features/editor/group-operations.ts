// What people do with groups, as one function each: keys, menus, the outline and the frames call these.

import { t } from "@/lib/i18n";
import type { Editor } from "./editor-context";
import { focusNode } from "./focus";
import {
  addGroup,
  changeGroup,
  groupAround,
  groupById,
  isFolded,
  newGroup,
  removeGroups,
} from "./model/groups";
import type { WorkflowGroup } from "./model/types";
import { nodesInQuestion } from "./operations";
import { groupElement, groupIdOf, isGroupElement, select, selectedGroups } from "./selection";

/** The groups that a command is about: the selected ones, else those around the nodes in question. */
export function groupsInQuestion(editor: Editor): readonly WorkflowGroup[] {
  const { document } = editor.docStore.getState();
  const selected = selectedGroups(editor.selection.getState());
  const found =
    selected.length > 0
      ? selected.map((id) => groupById(document, id))
      : nodesInQuestion(editor).map((node) => groupAround(document, node));
  return [...new Map(found.flatMap((group) => (group ? [[group.id, group]] : []))).values()];
}

/** Selects a group with its members; what is done to nodes is then done to all of them. */
export function selectGroup(editor: Editor, group: WorkflowGroup): void {
  select(editor.selection, [...group.nodes, groupElement(group.id)]);
}

/** Folds or opens the group that has the focus; false where none has it. */
export function openFocusedGroup(editor: Editor): boolean {
  const { focused } = editor.selection.getState();
  if (focused === null || !isGroupElement(focused)) return false;
  const group = groupById(editor.docStore.getState().document, groupIdOf(focused));
  if (group) toggleFold(editor, group);
  return group !== undefined;
}

export function focusGroup(editor: Editor, id: string): void {
  const group = groupById(editor.docStore.getState().document, id);
  if (!group) return;
  selectGroup(editor, group);
  focusNode(groupElement(id));
}

/** Puts a frame around the nodes in question and asks for its title. */
export function groupSelection(editor: Editor): void {
  const nodes = nodesInQuestion(editor);
  if (nodes.length === 0) return;
  const group = newGroup(t("editor.groups.untitled"), nodes);
  editor.commit(t("editor.step.group", { count: nodes.length }), (document) =>
    addGroup(document, group),
  );
  selectGroup(editor, group);
  editor.ui.setState({ renaming: groupElement(group.id) });
}

export function ungroup(editor: Editor): void {
  const groups = groupsInQuestion(editor);
  editor.commit(t("editor.step.ungroup"), (document) =>
    removeGroups(document, new Set(groups.map(({ id }) => id))),
  );
  select(
    editor.selection,
    groups.flatMap(({ nodes }) => nodes),
  );
}

/** Folds a group into its tile or opens it: for everybody, or only here where one may only look. */
export function toggleFold(editor: Editor, group: WorkflowGroup): void {
  const { folds } = editor.ui.getState();
  const collapsed = !isFolded(group, folds);
  if (editor.docStore.getState().readOnly) {
    editor.ui.setState({ folds: new Map([...folds, [group.id, collapsed]]) });
    return;
  }
  const label = collapsed ? "editor.step.fold" : "editor.step.unfold";
  editor.commit(t(label, { title: group.title }), (document) =>
    changeGroup(document, group.id, { collapsed }),
  );
}

export function renameGroup(editor: Editor, id: string, title: string): void {
  editor.commit(
    t("editor.step.editGroup"),
    (document) => changeGroup(document, id, { title: title.slice(0, 200) }),
    { key: `group:${id}` },
  );
}

export function paintGroup(editor: Editor, id: string, color: string): void {
  editor.commit(t("editor.step.editGroup"), (document) => changeGroup(document, id, { color }));
}
