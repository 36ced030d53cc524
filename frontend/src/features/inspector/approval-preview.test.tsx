// The card of an approval beside its parameters: literals as they are, expressions as evaluated.

import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { documentWith, editorOf, nodeOf, showInspector, stubServer } from "@/test/show-inspector";

async function preview(params: object, answer: object) {
  const asked = stubServer({ "POST expressions/preview/": answer });
  const node = nodeOf("human.approval");
  showInspector(editorOf(documentWith([{ ...node, params: { ...node.params, ...params } }])));
  const region = await screen.findByRole("region", { name: "The card, as on a phone" });
  await within(region).findByRole("article");
  return { region, asked };
}

test("the card shows what its author wrote, with fields to correct", async () => {
  const facts = [{ label: "IBAN", value: { "=": "{{ $json.iban }}" }, mark: "ok" }];
  const value = [{ label: "IBAN", value: "matches <b>", mark: "ok" }];
  const { region, asked } = await preview(
    { title: "Pay?", headline: "3 EUR", facts, correctable: [{ name: "total", kind: "number" }] },
    { ok: true, value, text: "", type: "list" },
  );

  expect(within(region).getByRole("article", { name: "Pay?" })).toHaveTextContent("3 EUR");
  expect(await within(region).findByText("matches <b>")).toBeInTheDocument();
  expect(within(region).getByLabelText("total")).toBeInTheDocument();
  const previews = asked.filter(({ request }) => request.includes("preview"));
  expect(previews.map(({ body }) => (body as { value: unknown }).value)).toContainEqual(facts);
});

test("an expression that fails is named by its field", async () => {
  const { region } = await preview(
    { title: "Pay?", why: { "=": "{{ $json.a.b }}" } },
    { ok: false, error: { code: "x", message: "a is missing", path: "" } },
  );

  expect(
    await within(region).findByText(/Why a person is asked: a is missing/),
  ).toBeInTheDocument();
});
