// What every field of one node's form needs to know.

import { type ComponentType, createContext, useContext } from "react";
import type { JsonObject, JsonValue, NodeSpec } from "@/api/types";
import type { ControlProps } from "../controls/control";
import type { Field } from "../model/fields";
import { type Path, pointerOf } from "../model/json";

export type Form = {
  readonly nodeId: string;
  readonly spec: NodeSpec;
  /** Stored parameters over the type's defaults. */
  readonly params: JsonObject;
  /** Of the workflow: what an empty time zone means. */
  readonly timezone: string;
  readonly readOnly: boolean;
  /** A tool of an agent: the model that calls it may fill in what it is given. */
  readonly isTool: boolean;
  /** What is wrong at this place or `deep` inside it, if it is time to say so. */
  readonly messageAt: (path: Path, deep: boolean) => string | null;
  /** The person has been there: from now on its problems may be shown. */
  readonly touch: (path: Path) => void;
  readonly otherValues: OtherValues;
  /** Controls of rows hold fields again, so they are found here and not imported. */
  readonly controlFor: (field: Field) => ComponentType<ControlProps>;
};

/**
 * The literal of a field that is an expression now, or the expression of one that is fixed now:
 * switching back and forth loses nothing. It is never part of the document.
 */
export class OtherValues {
  readonly #values = new Map<string, JsonValue>();

  keep(node: string, path: Path, value: JsonValue): void {
    this.#values.set(node + pointerOf(path), value);
  }

  of(node: string, path: Path): JsonValue | undefined {
    return this.#values.get(node + pointerOf(path));
  }
}

const otherValues = new WeakMap<object, OtherValues>();

/** One collection for each open editor, named by any object that lives as long as it does. */
export function otherValuesOf(editor: object): OtherValues {
  const known = otherValues.get(editor);
  if (known) return known;
  const made = new OtherValues();
  otherValues.set(editor, made);
  return made;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error("This component needs a FormContext above it.");
  return form;
}
