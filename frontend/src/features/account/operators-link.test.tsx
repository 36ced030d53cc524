import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import "@/lib/messages/pages";
import { sessionQuery } from "@/api/queries";
import { sessionWith, show } from "@/test/show";
import { OperatorsLink } from "./operators-link";

test("only an operator sees the way to the operators' pages", async () => {
  const { client } = await show(<OperatorsLink />);
  const operators_url = "https://flows.example.org/admin/";

  expect(screen.queryByRole("link")).toBeNull();
  await act(async () =>
    client.setQueryData(sessionQuery.queryKey, { ...sessionWith([]), operators_url }),
  );

  expect(await screen.findByRole("link", { name: "Operators' pages" })).toHaveProperty(
    "href",
    operators_url,
  );
});
