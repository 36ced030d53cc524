// Written by `make gen` from headrace_sdk.fields. Do not edit.

export const WIDGETS = [
  "text",
  "textarea",
  "code",
  "number",
  "toggle",
  "select",
  "multiselect",
  "tags",
  "key_value",
  "conditions",
  "assignments",
  "list",
  "json",
  "cron",
  "duration",
  "date",
  "color",
  "file",
  "workflow",
  "timezone",
  "credential",
  "model",
] as const;

export type Widget = (typeof WIDGETS)[number];
