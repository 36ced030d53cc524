import { describe, expect, it } from "vitest";
import { aNode } from "@/test/documents";
import { mapExpressions, namesReadBy, referencesIn, renameReferences } from "./references";

const rename = (template: string, from = "Old", to = "New") =>
  renameReferences(template, new Map([[from, to]]));

describe("references to nodes", () => {
  it.each([
    ['{{ $("Old").item.json.a }}', '{{ $("New").item.json.a }}'],
    ["{{ $('Old').item }}", '{{ $("New").item }}'],
    ["{{ $(`Old`).first() }}", '{{ $("New").first() }}'],
    ['a {{ $("Old").x }} b {{ 1 + $( "Old" ).y }}', 'a {{ $("New").x }} b {{ 1 + $( "New" ).y }}'],
    ['{{ {a: $("Old").x}.a }} {{ $("Old").y }}', '{{ {a: $("New").x}.a }} {{ $("New").y }}'],
  ])("follows a rename in %s", (before, after) => {
    expect(rename(before)).toBe(after);
  });

  it.each([
    '$("Old") outside of braces is text',
    "{{ \"says $('Old') in a string\" }}",
    '{{ my$("Old") }}',
    '{{ $("Older").x }}',
    '{{ $json["Old"] }}',
    "{{ unfinished",
    '{{ $("unfinished',
  ])("leaves %s alone", (template) => {
    expect(rename(template)).toBe(template);
  });

  it("reads and writes quotes inside names", () => {
    const template = '{{ $("Say \\"hi\\"").x }}';

    expect(referencesIn(template).map(({ name }) => name)).toEqual(['Say "hi"']);
    expect(rename(template, 'Say "hi"', "Say 'ho'")).toBe("{{ $(\"Say 'ho'\").x }}");
  });

  it("lists the nodes that a node reads, from stored expressions only", () => {
    const node = aNode("a", {
      params: {
        url: { "=": '{{ $("One").x }}' },
        rows: [{ value: { "=": '{{ $("Two").y }}' } }],
        text: '{{ $("No") }}',
      },
    });

    expect([...namesReadBy(node)]).toEqual(["One", "Two"]);
  });

  it("keeps the same object where no expression changed", () => {
    const params = { a: { "=": "{{ 1 }}" }, b: [1, { c: "text" }] };

    expect(mapExpressions(params, (template) => template)).toBe(params);
  });

  it("takes a literal that is wrapped in the marker for what it is", () => {
    const params = { a: { "=": { literal: { "=": '{{ $("Old") }}' } } } };

    expect(mapExpressions(params, () => "changed")).toBe(params);
  });
});
