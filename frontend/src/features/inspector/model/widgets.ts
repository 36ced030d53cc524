// The closed list of controls, as in headrace_sdk/fields.py.

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

export function isWidget(name: unknown): name is Widget {
  return (WIDGETS as readonly unknown[]).includes(name);
}
