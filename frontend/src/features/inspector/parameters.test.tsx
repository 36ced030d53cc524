// Every parameter of every node has a control made for it and round-trips a literal and an expression.

import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { catalog } from "@/test/catalog";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";
import { CONTROLS } from "./controls";
import { type Field, fieldsOf, isShown } from "./model/fields";
import { expressionFor, literalFor } from "./model/stored-value";
import { WIDGETS } from "./model/widgets";

beforeEach(() => {
  stubServer();
});

const specs = catalog.specs.filter((spec) => fieldsOf(spec.params).length > 0);

/** Every field of a form, those of lists within it included. */
function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) =>
    field.widget === "list" ? [field, ...allFields(field.rowFields)] : [field],
  );
}

test("every widget of the closed list has its control", () => {
  expect(Object.keys(CONTROLS).sort()).toEqual([...WIDGETS].sort());
});

test.each(specs)("$type: no parameter falls to raw JSON unless its widget is json", (spec) => {
  const bare = allFields(fieldsOf(spec.params)).filter(({ widget, schema }) => {
    const hints = schema["x-ui"];
    const declared = typeof hints === "object" && hints !== null && "widget" in hints;
    return widget === "json" && !(declared && (hints as { widget: string }).widget === "json");
  });

  expect(bare.map(({ name }) => name)).toEqual([]);
});

test.each(specs)("$type: every visible parameter is on the form under its label", (spec) => {
  showInspector(editorOf(documentWith([nodeOf(spec.type)])));

  const fields = fieldsOf(spec.params);
  const shown = fields.filter(
    (field) => isShown(field, fields, spec.defaults) && !field.hints.advanced,
  );
  const form = screen.getByRole("region", { name: "Parameters" });
  for (const { label } of shown) {
    expect(within(form).getAllByText(label).length, label).toBeGreaterThan(0);
  }
});

const togglable = specs.flatMap((spec) =>
  fieldsOf(spec.params)
    .filter((field, _, fields) => field.hints.expression && isShown(field, fields, spec.defaults))
    .map((field) => ({ type: spec.type, name: field.name, field })),
);

test.each(togglable)("$type $name: its default is the same by way of an expression", (one) => {
  const { default: value } = one.field;
  const { "=": template } = expressionFor(value);

  expect(isNothing(value) ? template : literalFor(template)).toEqual(isNothing(value) ? "" : value);
});

const isNothing = (value: unknown) => value === undefined || value === null || value === "";

/** One field for each control and each kind of value: the form knows no more than that of it. */
const ofEachKind = [
  ...new Map(
    togglable.map((one) => {
      const { widget, default: value, hints } = one.field;
      const kind = Array.isArray(value) ? "list" : typeof value;
      return [`${widget} ${kind} ${isNothing(value)} ${hints.advanced}`, one] as const;
    }),
  ).values(),
];

test.each(ofEachKind)("$type $name: literal → expression → literal loses nothing", (one) => {
  const editor = editorOf(documentWith([nodeOf(one.type)]));
  showInspector(editor);
  const stored = () => editor.docStore.getState().document.nodes[0]?.params[one.name];
  const before = stored();
  if (one.field.hints.advanced) fireEvent.click(screen.getByText(/more option/));
  const [toggle] = screen.getAllByLabelText(`${one.field.label}: expression`);
  const press = () => fireEvent.click(toggle ?? document.body);

  press();
  const expression = stored();
  press();
  const literal = stored();
  press();

  expect(expression).toEqual({ "=": expect.any(String) });
  expect(literal).toEqual(before);
  expect(stored()).toEqual(expression);
});
