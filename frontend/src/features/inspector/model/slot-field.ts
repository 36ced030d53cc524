// Fields that no schema declares: the values inside rows of names, assignments and conditions.

import type { JsonSchema } from "@/api/types";
import type { Field } from "./fields";
import type { Widget } from "./widgets";

export function slotField(
  name: string,
  label: string,
  widget: Widget,
  options: { readonly schema?: JsonSchema; readonly placeholder?: string } = {},
): Field {
  return {
    name,
    label,
    help: "",
    widget,
    schema: options.schema ?? {},
    nullable: false,
    required: false,
    default: undefined,
    rowFields: [],
    hints: {
      placeholder: options.placeholder ?? "",
      showIf: null,
      advanced: false,
      half: false,
      expression: true,
      labels: {},
      unit: "",
      rows: 2,
      language: "json",
      add: "",
      secret: false,
      optionsFrom: null,
      types: [],
    },
  };
}
