// One control for every widget of the closed list; the compiler asks for any that is missing.

import type { ComponentType } from "react";
import type { Field } from "../model/fields";
import type { Widget } from "../model/widgets";
import { AssignmentsControl } from "./assignments-control";
import { CodeControl, JsonControl } from "./code-control";
import { ColorControl } from "./color-control";
import { ConditionsControl } from "./conditions-control";
import { COMPOUND, type ControlProps } from "./control";
import { CredentialControl } from "./credential-control";
import { CronControl } from "./cron-control";
import { DateControl } from "./date-control";
import { KeyValueControl } from "./key-value-control";
import { ListControl } from "./list-control";
import { DurationControl, NumberControl } from "./number-control";
import { FileControl, OptionsControl, TimezoneControl, WorkflowControl } from "./picker-controls";
import { MultiselectControl, SelectControl } from "./select-control";
import { TagsControl } from "./tags-control";
import { TextareaControl, TextControl } from "./text-control";
import { ToggleControl } from "./toggle-control";

export const CONTROLS: Readonly<Record<Widget, ComponentType<ControlProps>>> = {
  text: TextControl,
  textarea: TextareaControl,
  code: CodeControl,
  number: NumberControl,
  toggle: ToggleControl,
  select: SelectControl,
  multiselect: MultiselectControl,
  tags: TagsControl,
  key_value: KeyValueControl,
  conditions: ConditionsControl,
  assignments: AssignmentsControl,
  list: ListControl,
  json: JsonControl,
  cron: CronControl,
  duration: DurationControl,
  date: DateControl,
  color: ColorControl,
  file: FileControl,
  workflow: WorkflowControl,
  timezone: TimezoneControl,
  credential: CredentialControl,
  model: OptionsControl,
};

export function controlFor(field: Field): ComponentType<ControlProps> {
  const isChoice = field.hints.optionsFrom !== null && !COMPOUND.has(field.widget);
  return isChoice ? OptionsControl : CONTROLS[field.widget];
}
