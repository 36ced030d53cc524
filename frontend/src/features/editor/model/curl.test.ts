import { describe, expect, it } from "vitest";
import { requestIn } from "./curl";
import { shellWords } from "./shell-words";

const URL = "https://api.example.com/orders";
const paramsIn = (text: string) => requestIn(text)?.params;

describe("the words of a command line", () => {
  it.each([
    ["a  b\\\n c", ["a", "b", "c"]],
    [`'a b' "c \\"d\\" $e" f\\ g`, ["a b", 'c "d" $e', "f g"]],
    [`$'it\\'s\\n\\u00e4' x''y`, ["it's\nä", "xy"]],
    [`'' ""`, ["", ""]],
  ])("are those of a shell: %s", (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });

  it.each(["'open", '"open', "curl a | sh", "curl a; rm b", "curl `id`"])("end at %s", (text) => {
    expect(shellWords(text)).toBeNull();
  });
});

describe("a cURL command", () => {
  it("becomes method, address, query and headers", () => {
    const text = `curl -sSL '${URL}?a=1&b=x%20y#top' \\\n  -H 'Accept: text/csv; q=1' -A me --compressed -m 20`;

    expect(paramsIn(text)).toEqual({
      method: "GET",
      url: URL,
      query: [
        { name: "a", value: "1" },
        { name: "b", value: "x y" },
      ],
      headers: [
        { name: "Accept", value: "text/csv; q=1" },
        { name: "User-Agent", value: "me" },
      ],
      timeout_s: 20,
    });
  });

  it.each([
    ["-X PUT", "PUT"],
    ["-XDELETE", "DELETE"],
    ["--request=PATCH", "PATCH"],
    ["-I", "HEAD"],
    ["-sX OPTIONS", "OPTIONS"],
    ["-d a=1", "POST"],
    ["-X BREW", "GET"],
  ])("with %s has the method %s", (option, method) => {
    expect(paramsIn(`curl ${option} ${URL}`)?.["method"]).toBe(method);
  });

  it.each([
    [`--json '{"a":[1]}'`, { body: "json", body_json: { a: [1] } }],
    [
      `-H 'Content-Type: application/json' --data-raw '{"a":1}'`,
      { body: "json", body_json: { a: 1 } },
    ],
    [
      "-d a=1 --data-urlencode 'b=x y'",
      {
        body: "form",
        body_fields: [
          { name: "a", value: "1" },
          { name: "b", value: "x y" },
        ],
      },
    ],
    [
      "-H 'content-type: text/plain' -d 'a=1'",
      { body: "raw", body_text: "a=1", content_type: "text/plain" },
    ],
    [
      "-F note=hi -F 'data=@a.pdf;type=x/y'",
      {
        body: "multipart",
        body_fields: [{ name: "note", value: "hi" }],
        body_files: ["data"],
      },
    ],
  ])("sends the body of %s", (options, body) => {
    expect(paramsIn(`curl ${URL} ${options}`)).toEqual({ method: "POST", url: URL, ...body });
  });

  it("puts data into the query with -G", () => {
    expect(paramsIn(`curl -G ${URL} -d q=x`)).toEqual({
      method: "GET",
      url: URL,
      query: [{ name: "q", value: "x" }],
    });
  });

  it.each([
    "-u me:secret",
    "-H 'Authorization: Bearer secret'",
    "-b sid=secret",
    "-H 'X-API-Key: secret'",
  ])("keeps no secret of %s", (option) => {
    const request = requestIn(`curl ${URL} ${option}`);

    expect(request?.signsIn).toBe(true);
    expect(JSON.stringify(request?.params)).not.toContain("secret");
  });

  it("passes over what only concerns cURL", () => {
    expect(paramsIn(`curl -o out.json --retry 3 -x http://proxy -k ${URL}`)).toEqual({
      method: "GET",
      url: URL,
    });
  });

  it.each(["", "curl", "curl -s", "curling is fun", '{"format":"headrace/1"}', "curl 'open"])(
    "is not %s",
    (text) => {
      expect(requestIn(text)).toBeNull();
    },
  );
});
