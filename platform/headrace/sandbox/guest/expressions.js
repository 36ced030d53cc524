// All expressions of a node over all of its items in one crossing: each compiled once. Whoever asks
// lets a few be evaluated at a time, so that each has its own share of time.
(() => {
  const { parse, stringify } = JSON;
  const { makeRandom } = globalThis;
  delete globalThis.makeRandom;
  const LINES_BEFORE = 4;
  const NAMES = ["$json", "$binary", "$itemIndex", "$input", "$", "$node", "$nil", "$now", "$today"];
  const NO_VIEWS = [undefined, undefined, undefined];
  const MANY = "Several items, or none, led to this one, so .item does not say which is meant. Use .first(), .last() or .all().";
  const NOTHING = { $x_isEmpty: () => true, $x_isNotEmpty: () => false };
  const CODES = { stack: "expression_too_deep", memory: "expression_memory" };
  let job;
  let compiled;
  let next;
  let texts;
  let faults;

  const refused = (code, message) => Object.assign(new Error(message), { refusal: code });

  const compile = (names, code) => new Function(...names, `"use strict"; return (\n${code}\n)`);

  // A mistake that QuickJS finds has a line; the second form of the code has few words on each.
  const faultOf = ([code, spread]) => {
    try {
      compile(NAMES, code);
      return null;
    } catch (error) {
      try {
        compile(NAMES, spread);
        return [-1, String(error.message)];
      } catch (placed) {
        return [lineOf(placed)?.[0] ?? -1, String(error.message)];
      }
    }
  };

  const lineOf = (error) => {
    const found = /<input>:(\d+)(?::(\d+))?/.exec(error?.stack ?? "");
    return found && [Number(found[1]) - LINES_BEFORE, Number(found[2] ?? 1) - 1];
  };

  const copied = (value) => (value === undefined ? value : parse(stringify(value)));

  const viewOf = (name, given, index, hand) => {
    const needed = () => {
      if (!given) {
        throw refused("node_not_executed", `The node "${name}" has not run before this one. Connect it before this node, or ask $("${name}").isExecuted first.`);
      }
      return given;
    };
    return {
      isExecuted: Boolean(given),
      all: () => hand(needed().all),
      first: () => hand(needed().first ?? given.all?.[0]),
      last: () => hand(needed().last ?? given.all?.at(-1)),
      get item() {
        const place = needed().linked?.[index];
        if (place === null || place === undefined) throw refused("no_linked_item", MANY);
        return hand(given.pool[place]);
      },
    };
  };

  const valuesFor = (index, changes) => {
    const hand = changes ? copied : (value) => value;
    const item = hand(job.items[index]);
    const known = changes ? [...job.fixed, ...Object.values(hand(job.known))] : job.values;
    const own = [item.json, item.binary ?? {}, job.first + index];
    return own.concat(job.hasViews ? viewsFor(index, hand) : NO_VIEWS, known);
  };

  const viewsFor = (index, hand) => {
    const node = (name) => viewOf(name, job.views[name], index, hand);
    return [viewOf("", job.views[""], index, hand), node, new Proxy({}, { get: (_, name) => node(name).item })];
  };

  const asText = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "object") {
      if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) return stringify(value);
      return typeof value.toJSON === "function" ? String(value.toJSON()) : stringify(value);
    }
    return String(value);
  };

  const written = (value, isText) => {
    if (typeof value === "string") return stringify(value);
    if (typeof value === "boolean") return isText ? `"${value}"` : String(value);
    if (typeof value === "function") throw new TypeError("A function can not be a result. Call it.");
    if (typeof value === "symbol") throw new TypeError("A symbol can not be a result.");
    if (typeof value === "bigint" && !isText) throw new TypeError("A BigInt can not be a result. Write Number(…) or String(…) around it.");
    if (value instanceof Promise) throw new TypeError("Expressions can not wait. Put the call into a node of its own.");
    return stringify(isText ? asText(value) : value) ?? "null";
  };

  const codeOf = (error) => {
    if (error?.refusal) return error.refusal;
    const message = String(error?.message ?? "");
    if (error instanceof RangeError && message.includes("call stack")) return CODES.stack;
    if (error instanceof InternalError) return message.includes("memory") ? CODES.memory : CODES.stack;
    return error?.isCode ? "expression_syntax" : "";
  };

  const note = (error, index, place) => {
    const [line = -1, column = -1] = lineOf(error) ?? [];
    const [name, message] = [String(error?.name ?? "Error"), String(error?.message ?? error)];
    faults.push({ item: index, place, name, message, code: codeOf(error), line, column });
    texts[index * compiled.length + place] = "null";
  };

  const open = (text) => {
    job = parse(text);
    if (job.check) return "0";
    let now;
    if (job.sources.some(({ code }) => /\$(now|today)/.test(code))) now = DateTime.now();
    const fixed = [(value) => value ?? NOTHING, now, now?.startOf("day")];
    job.hasViews = Object.keys(job.views).length > 0;
    job.values = [...fixed, ...Object.values(job.known)];
    job.fixed = fixed;
    Math.random = makeRandom([job.seed, job.first, 1, 1]);
    compiled = job.sources.map(({ code }) => {
      try {
        return compile([...NAMES, ...Object.keys(job.known)], code);
      } catch (error) {
        Object.assign(error, { isCode: true });
        return () => {
          throw error;
        };
      }
    });
    [next, texts, faults] = [0, [], []];
    return String(job.items.length * compiled.length);
  };

  const step = (text) => {
    const [from, count] = text.split(" ").map(Number);
    const until = Math.min(from + count, job.items.length * compiled.length);
    next = from;
    // Most do not change what they are given, and all of an item share it.
    let values;
    for (; next < until; next++) {
      const place = next % compiled.length;
      const index = (next - place) / compiled.length;
      const { changes, isText } = job.sources[place];
      try {
        if (changes) texts[next] = written(compiled[place](...valuesFor(index, true)), isText);
        else {
          if (values?.index !== index) values = { index, given: valuesFor(index, false) };
          texts[next] = written(compiled[place](...values.given), isText);
        }
      } catch (error) {
        note(error, index, place);
      }
    }
    return String(next);
  };

  const where = () => String(next);

  const skip = () => {
    const place = next % compiled.length;
    note(refused("expression_too_slow", ""), (next - place) / compiled.length, place);
    next++;
    return "";
  };

  const close = () => {
    if (job.check) return stringify({ faults: job.check.map(faultOf) });
    const rows = job.items.map((_, index) => `[${texts.slice(index * compiled.length, (index + 1) * compiled.length).join(",")}]`);
    return `{"rows":[${rows.join(",")}],"faults":${stringify(faults)}}`;
  };

  return [open, step, where, skip, close];
})();
