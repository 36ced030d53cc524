// A cURL command as the parameters of an HTTP Request node. Sign-in data is left out: it belongs
// into a credential, not into a workflow that is shared and kept in versions.

import type { JsonObject, JsonValue } from "@/api/types";
import { shellWords } from "./shell-words";

export type ImportedRequest = {
  readonly params: JsonObject;
  /** Did the command sign in? Somebody must choose a credential then. */
  readonly signsIn: boolean;
};

type Row = { readonly name: string; readonly value: string };

type Command = {
  url: string;
  method: string;
  headers: Row[];
  data: string[];
  parts: string[];
  isQuery: boolean;
  timeout: number;
  signsIn: boolean;
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const SIGN_IN = /^(authorization|proxy-authorization|cookie|x-api-key)$/i;
const FORM = "application/x-www-form-urlencoded";

const add = (name: string) => (command: Command, value: string) => {
  command.headers.push({ name, value });
};
const addData = (command: Command, value: string) => {
  command.data.push(value);
};
const addSignIn = (command: Command) => {
  command.signsIn = true;
};

/** What each option that takes a value does; others that take one are passed over. */
const WITH_VALUE: Readonly<Record<string, (command: Command, value: string) => void>> = {
  "-X": (command, value) => {
    command.method = value.toUpperCase();
  },
  "-H": (command, value) => {
    const [name = "", ...rest] = value.split(":");
    if (SIGN_IN.test(name.trim())) command.signsIn = true;
    else if (rest.length > 0)
      command.headers.push({ name: name.trim(), value: rest.join(":").trim() });
  },
  "-d": addData,
  "--data-urlencode": (command, value) => {
    const [name, ...rest] = value.split("=");
    const text = rest.join("=");
    command.data.push(
      rest.length === 0 ? encodeURIComponent(value) : `${name}=${encodeURIComponent(text)}`,
    );
  },
  "--json": (command, value) => {
    command.data.push(value);
    command.headers.push({ name: "Content-Type", value: "application/json" });
  },
  "-F": (command, value) => {
    command.parts.push(value);
  },
  "-u": addSignIn,
  "-b": addSignIn,
  "--oauth2-bearer": addSignIn,
  "-A": add("User-Agent"),
  "-e": add("Referer"),
  "-m": (command, value) => {
    command.timeout = Number(value);
  },
  "--url": (command, value) => {
    command.url = value;
  },
};

const LONG: Readonly<Record<string, string>> = {
  "--request": "-X",
  "--header": "-H",
  "--data": "-d",
  "--data-raw": "-d",
  "--data-ascii": "-d",
  "--data-binary": "-d",
  "--form": "-F",
  "--user": "-u",
  "--cookie": "-b",
  "--user-agent": "-A",
  "--referer": "-e",
  "--max-time": "-m",
  "--get": "-G",
  "--head": "-I",
};

const IGNORED_WITH_VALUE =
  /^(-[cEKoPQrTUwxyYz]|--(cacert|capath|cert|ciphers|config|connect-timeout|connect-to|cookie-jar|dns-servers|interface|key|limit-rate|max-redirs|noproxy|output|proxy|proxy-user|range|resolve|retry|retry-delay|retry-max-time|tls-max|upload-file|write-out))$/;

/** The parameters that say the same as the command, or null where the text is no cURL command. */
export function requestIn(text: string): ImportedRequest | null {
  if (!/^\s*curl(\.exe)?\s/.test(text)) return null;
  const words = shellWords(text.trim());
  if (words === null) return null;
  const command = commandOf(words.slice(1));
  if (command.url === "") return null;
  return { params: paramsOf(command), signsIn: command.signsIn };
}

function commandOf(words: readonly string[]): Command {
  const command: Command = {
    url: "",
    method: "",
    headers: [],
    data: [],
    parts: [],
    isQuery: false,
    timeout: 0,
    signsIn: false,
  };
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    const [option, glued] = optionIn(word);
    if (takesValue(option)) {
      const value = glued ?? waiting.shift() ?? "";
      WITH_VALUE[option]?.(command, value);
    } else take(command, option);
  }
  return command;
}

const takesValue = (option: string) => option in WITH_VALUE || IGNORED_WITH_VALUE.test(option);

function take(command: Command, word: string): void {
  if (word === "-G") command.isQuery = true;
  else if (word === "-I") command.method ||= "HEAD";
  else if (!word.startsWith("-")) command.url ||= word;
}

/** An option by its short name where it has one, and a value that is written without a space. */
function optionIn(word: string): readonly [string, string | null] {
  const long = /^(--[a-z0-9-]+)(?:=([\s\S]*))?$/.exec(word);
  if (long?.[1]) return [LONG[long[1]] ?? long[1], long[2] ?? null];
  // Flags such as the s and S of -sSX POST change nothing here.
  const short = /^-([a-zA-Z#]+?)?([XHdFubAemoxGI])([\s\S]*)$/.exec(word);
  if (!short?.[2] || !/^[fgiklLnNOqsSvV#]*$/.test(short[1] ?? "")) return [word, null];
  return [`-${short[2]}`, short[3] ? short[3] : null];
}

function paramsOf(command: Command): JsonObject {
  const [address = "", ...search] = command.url.replace(/#.*$/, "").split("?");
  const data = command.data.join("&");
  const query = [...pairs(search.join("?")), ...(command.isQuery ? pairs(data) : [])];
  const type = command.headers.find((header) => header.name.toLowerCase() === "content-type");
  const body = command.isQuery ? {} : bodyOf(command, type?.value ?? "", data);
  const hasBody = "body" in body;
  const headers = hasBody ? command.headers.filter((header) => header !== type) : command.headers;
  return {
    method: methodOf(command, hasBody),
    url: /^[a-z]+:\/\//i.test(address) ? address : `http://${address}`,
    ...(query.length > 0 && { query }),
    ...(headers.length > 0 && { headers }),
    ...(command.timeout > 0 && { timeout_s: Math.min(command.timeout, 600) }),
    ...body,
  };
}

function methodOf(command: Command, hasBody: boolean): string {
  const method = command.method || (hasBody ? "POST" : "GET");
  return METHODS.includes(method) ? method : "GET";
}

function bodyOf(command: Command, type: string, data: string): JsonObject {
  if (command.parts.length > 0) return multipart(command.parts);
  if (command.data.length === 0) return {};
  const json = parsed(data);
  if (json !== undefined && !type.startsWith(FORM)) return { body: "json", body_json: json };
  const rows = pairs(data);
  const isForm = type.startsWith(FORM) || (type === "" && /^[^=\s{[<]+=/.test(data));
  if (isForm && rows.length > 0) return { body: "form", body_fields: rows };
  return { body: "raw", body_text: data, content_type: type || FORM };
}

function multipart(parts: readonly string[]): JsonObject {
  const split = parts.map((part): Row => {
    const at = part.indexOf("=");
    return { name: part.slice(0, at), value: part.slice(at + 1) };
  });
  const isFile = ({ value }: Row) => value.startsWith("@") || value.startsWith("<");
  return {
    body: "multipart",
    body_fields: split.filter((row) => !isFile(row)),
    body_files: split.filter(isFile).map(({ name }) => name),
  };
}

const pairs = (search: string): Row[] =>
  [...new URLSearchParams(search)].map(([name, value]) => ({ name, value }));

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
