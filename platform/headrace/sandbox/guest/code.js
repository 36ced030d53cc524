// What stands around the code of a JavaScript node: its variables, its console, its result.
// Convenience, not a wall: whatever the code does to it, it does to itself, in a machine of its own.
(() => {
  const { parse, stringify } = JSON;
  const AsyncFunction = (async () => {}).constructor;
  const LEVELS = { debug: "debug", log: "info", info: "info", table: "info", dir: "info", warn: "warning", trace: "debug", error: "error" };
  const MAX_LINES = 1000;
  const MAX_LINE = 4000;
  const HEAD_LINES = 2;
  let outcome;

  const shown = (value) => {
    if (typeof value === "string") return value;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    try {
      return stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };

  // Small Fast Counter 32 (PractRand, public domain), so that a repeated step gives the same.
  const makeRandom = ([a, b, c, d]) => () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };

  const makeConsole = (lines) =>
    Object.fromEntries(
      Object.entries(LEVELS).map(([name, level]) => [
        name,
        (...values) => {
          if (lines.length < MAX_LINES) {
            lines.push([level, values.map(shown).join(" ").slice(0, MAX_LINE)]);
          }
        },
      ]),
    );

  const refused = (code, message, item) => Object.assign(new Error(message), { refusal: code, at: item });

  // Where an item comes from: it is one that was given, holds the JSON of one, or says so.
  const makeLineage = (items) => {
    const known = new Map();
    items.forEach((item, index) => {
      known.set(item, index);
      known.set(item.json, index);
    });
    return (entry) => {
      const said = entry?.pairedItem;
      if (said !== undefined && known.get(entry) === undefined) {
        return [said].flat().map((one) => (typeof one === "object" && one !== null ? one.item : one));
      }
      const found = known.get(entry) ?? known.get(entry?.json);
      return found === undefined ? undefined : [found];
    };
  };

  const ITEM_KEYS = new Set(["json", "binary", "pairedItem", "paired", "error"]);

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  const isItemKey = (key) => ITEM_KEYS.has(key);

  const asItem = (value, lineage, at) => {
    if (!isObject(value)) {
      throw refused("code_result_invalid", `An item is an object, not ${shown(value)?.slice(0, 80)}. Return objects such as { name: "Ada" }.`, at);
    }
    const isItem = isObject(value.json) && Object.keys(value).every(isItemKey);
    if (!isItem) return { json: value, from: lineage(value) };
    return { json: value.json, binary: value.binary, from: lineage(value) };
  };

  const asItems = (value, lineage) => {
    if (value === undefined) {
      throw refused("code_result_invalid", "The code returned nothing. End it with `return items;`, or with `return [];` for no items.");
    }
    if (value === null) return [];
    return (Array.isArray(value) ? value : [value]).map((entry) => asItem(entry, lineage));
  };

  const inputOf = (items) => ({
    all: () => items,
    first: () => items[0],
    last: () => items[items.length - 1],
    item: items[0],
  });

  // A function that never waits costs a third of one that may.
  const compile = (names, source) => {
    const Kind = /\bawait\b/.test(source) ? AsyncFunction : Function;
    try {
      return new Kind(...names, source);
    } catch (error) {
      throw error instanceof SyntaxError ? refused("code_syntax", placed(error)) : error;
    }
  };

  const lineOf = (error) => {
    const found = /<input>:(\d+)/.exec(error?.stack ?? "");
    return found ? Number(found[1]) - HEAD_LINES : undefined;
  };

  const placed = (error) => {
    const line = lineOf(error);
    const text = error instanceof Error ? `${error.name}: ${error.message}` : shown(error);
    return line > 0 ? `${text} (line ${line})` : text;
  };

  const codeOf = (error) => {
    if (error instanceof InternalError && error.message.includes("out of memory")) return "code_memory";
    if (error instanceof RangeError && error.message.includes("call stack")) return "code_too_deep";
    return (typeof error === "object" && error?.refusal) || "code_failed";
  };

  const forAll = async (job, items, names, values) => {
    const run = compile(["items", "$input", ...names], job.source);
    return asItems(await run(items, inputOf(items), ...values), makeLineage(items));
  };

  const forEach = async (job, items, names, values) => {
    const run = compile(["item", "$json", "$itemIndex", "$input", ...names], job.source);
    const input = inputOf(items);
    const made = [];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      let value;
      try {
        value = run(item, item.json, index, { ...input, item }, ...values);
        if (typeof value?.then === "function") value = await value;
      } catch (error) {
        throw Object.assign(Object(error), { at: index });
      }
      if (value === undefined) {
        throw refused("code_result_invalid", "The code returned nothing for this item. Return an object, or null to leave it out.", index);
      }
      if (value !== null) made.push(asItem(value, () => [index], index));
    }
    return made;
  };

  // Made only for code that names them: most does not.
  const moments = (source) => {
    if (!/\$(now|today)/.test(source)) return {};
    const now = DateTime.now();
    return { $now: now, $today: now.startOf("day") };
  };

  const begin = (text) => {
    const job = parse(text);
    const lines = [];
    const given = { console: makeConsole(lines), ...moments(job.source), ...job.variables };
    const names = Object.keys(given);
    const values = Object.values(given);
    outcome = { lines };
    Math.random = makeRandom(job.chance);
    (job.perItem ? forEach : forAll)(job, job.items, names, values).then(
      (made) => {
        outcome.items = made;
      },
      (error) => {
        const isError = typeof error === "object" && error !== null;
        outcome.error = {
          code: codeOf(error),
          message: isError && error.refusal ? error.message : placed(error),
          line: lineOf(error),
          item: isError ? error.at : undefined,
        };
      },
    );
    return "";
  };

  const finish = () => {
    if (!outcome.items && !outcome.error) {
      outcome.error = { code: "code_never_ends", message: "The code awaits something that never happens." };
    }
    if (outcome.error) delete outcome.items;
    try {
      return stringify(outcome);
    } catch (error) {
      delete outcome.items;
      outcome.error = { code: "code_result_invalid", message: `The result cannot be written as JSON: ${error.message}` };
      return stringify(outcome);
    }
  };

  globalThis.setTimeout = globalThis.setInterval = globalThis.setImmediate = () => {
    throw new Error("There are no timers here. Use a Wait node.");
  };

  globalThis.makeRandom = makeRandom;
  // It counts from the start of the computer, which is nobody's business and differs after a crash.
  delete globalThis.performance;
  return [begin, finish];
})();
