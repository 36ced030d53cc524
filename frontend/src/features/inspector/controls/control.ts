// What every control is given: a literal to show and change, and how it is named and described.

import type { JsonValue } from "@/api/types";
import type { Field } from "../model/fields";
import type { Path } from "../model/json";
import type { Widget } from "../model/widgets";

/** Ties the control to its label, or names it where no label is seen. */
export type ControlNaming = {
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: true | undefined;
  readonly "aria-required"?: true | undefined;
};

export type ControlProps = {
  readonly field: Field;
  readonly path: Path;
  /** Never an expression. Undefined where nothing is stored and there is no default. */
  readonly value: JsonValue | undefined;
  readonly onChange: (value: JsonValue | undefined) => void;
  /** Makes the value an expression: somebody typed `{{`. */
  readonly onTemplate: (template: string) => void;
  readonly naming: ControlNaming;
  readonly disabled: boolean;
};

/** Widgets whose values lie in rows: each of those takes its own expressions and drops. */
export const COMPOUND: ReadonlySet<Widget> = new Set([
  "key_value",
  "conditions",
  "assignments",
  "list",
]);
