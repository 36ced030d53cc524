import { describe, expect, it } from "vitest";
import { credentialFields, initialData, toData } from "./schema-fields";

const schema = {
  type: "object",
  required: ["token"],
  $defs: { Algorithm: { type: "string", enum: ["sha256", "sha512"] } },
  properties: {
    token: { type: "string", title: "Token", "x-ui": { widget: "text", secret: true } },
    algorithm: {
      $ref: "#/$defs/Algorithm",
      title: "Algorithm",
      default: "sha256",
      "x-ui": { widget: "select", labels: { sha256: "SHA-256" } },
    },
    port: { type: "integer", title: "Port" },
    note: { type: "string" },
  },
};

describe("credentialFields", () => {
  it("marks secrets and what is required, and follows references", () => {
    const [token, algorithm] = credentialFields(schema);

    expect(token).toMatchObject({ label: "Token", isSecret: true, isRequired: true, kind: "text" });
    expect(algorithm).toMatchObject({
      kind: "select",
      initial: "sha256",
      options: [
        { value: "sha256", label: "SHA-256" },
        { value: "sha512", label: "sha512" },
      ],
    });
  });
});

describe("toData", () => {
  it("leaves empty optional fields out and makes numbers of numbers", () => {
    const fields = credentialFields(schema);

    const data = toData(fields, { ...initialData(fields), token: "x", port: "5432" });

    expect(data).toEqual({ token: "x", algorithm: "sha256", port: 5432 });
  });
});
