// What values can do beyond JavaScript: the twin of expressions/library/data_*.py. Each stands on
// the prototype of its kind as `$x_name`, which is how expressions call it, so that no field of an
// object is mistaken for it.
(() => {
  "use strict";
  const { stringify, parse } = JSON;
  const FALSE = ["", "0", "false", "no", "off"];
  const MARKS = { en: [",", "."], de: [".", ","], fr: ["\u202f", ","], "de-CH": ["\u2019", "."] };
  const LABELS = "(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}";
  const EMAIL = `(?<![\\p{L}\\p{N}_.+-])[\\p{L}\\p{N}_.+-]{1,64}@${LABELS}`;
  const DOMAIN = `(?<![A-Za-z0-9-])${LABELS}`;
  const URL = `https?:\\/\\/[^ \\t\\n\\r\\f\\v<>"']{1,2000}`;
  const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\p{Nd}+|(?:(?![a-zA-Z_\p{Nd}])[\p{L}\p{N}])+/gu;
  const found = (pattern, text) => new RegExp(pattern, "u").exec(text)?.[0];
  const isAll = (pattern, text) => new RegExp(`^(?:${pattern})$`, "u").test(text);

  const capital = (word) => {
    const [first = ""] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  };

  const hostOf = (address) => {
    const place = /^[a-z]+:\/\/([^/?#]*)/i.exec(address)?.[1] ?? "";
    const host = place.slice(place.lastIndexOf("@") + 1);
    if (host.includes("[") !== host.includes("]")) return "";
    return (host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.split(":")[0]).toLowerCase();
  };

  const decoded = (text) => {
    const padded = text + "=".repeat((4 - (text.length % 4)) % 4);
    try {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(padded)) throw new TypeError();
      return decodeURIComponent(escape(atob(padded)));
    } catch {
      throw new TypeError("This text is no base64 of a text.");
    }
  };

  const formatted = (value, language) => {
    const name = language === undefined ? "en" : String(language);
    const marks = MARKS[name] ?? MARKS[name.split("-")[0]];
    if (!marks) throw new RangeError(`Numbers are written in ${Object.keys(MARKS).join(", ")}, not ${name}.`);
    if (!(Math.abs(value) < 1e21)) return String(value);
    const [whole, decimals = ""] = value.toFixed(3).split(".");
    const rest = decimals.replace(/0+$/, "");
    return whole.replace(/\B(?=(\d{3})+$)/g, marks[0]) + (rest && marks[1] + rest);
  };

  const isNothing = (value) => value === null || value === undefined;
  const isLeft = (value) => !isNothing(value) && value !== "";
  const at = (element, key) => (isNothing(element) ? undefined : element[key]);
  const identity = (value) => (value === undefined ? "Undefined" : stringify(value));
  const other = (value) => {
    if (!Array.isArray(value)) throw new TypeError("This method needs another array.");
    return value;
  };
  const sum = (values) => values.reduce((total, value) => total + Number(value), 0);
  const best = (values, isBetter) => {
    const numbers = values.map(Number);
    if (numbers.some(Number.isNaN)) return Number.NaN;
    return numbers.length ? numbers.reduce((kept, value) => (isBetter(value, kept) ? value : kept)) : undefined;
  };
  const unique = (values, key) => {
    const known = new Map();
    for (const value of values) {
      const name = identity(isNothing(key) ? value : at(value, key));
      if (!known.has(name)) known.set(name, value);
    }
    return [...known.values()];
  };
  const chunk = (values, size) => {
    const step = Math.trunc(Number(size)) || 0;
    if (!(step >= 1 && step <= Math.max(values.length, 2 ** 31))) throw new RangeError("chunk needs a size of 1 or more.");
    return Array.from({ length: Math.ceil(values.length / step) }, (_, index) => values.slice(index * step, index * step + step));
  };
  const among = (values) => {
    const known = new Set(other(values).map(identity));
    return (value) => known.has(identity(value));
  };

  const texts = {
    isEmpty: (text) => text === "",
    isNotEmpty: (text) => text !== "",
    toTitleCase: (text) => text.replace(/\S+/g, capital),
    toSentenceCase: capital,
    toSnakeCase: (text) => (text.match(WORD) ?? []).map((word) => word.toLowerCase()).join("_"),
    toCamelCase: (text) => (text.match(WORD) ?? []).map((word, index) => (index ? capital(word) : word.toLowerCase())).join(""),
    extractEmail: (text) => found(EMAIL, text),
    extractUrl: (text) => found(URL, text),
    extractDomain: (text) => {
      const address = found(URL, text);
      if (address !== undefined) return hostOf(address) || undefined;
      return found(DOMAIN, text.slice(text.lastIndexOf("@") + 1));
    },
    isEmail: (text) => isAll(EMAIL, text),
    isUrl: (text) => isAll(URL, text) && hostOf(text) !== "",
    isDomain: (text) => isAll(DOMAIN, text),
    isNumeric: (text) => text.trim() !== "" && Number.isFinite(Number(text)),
    toNumber: Number,
    toBoolean: (text) => !FALSE.includes(text.trim().toLowerCase()),
    removeTags: (text) => text.replace(/<[^<>]{0,10000}>/gu, ""),
    quote: (text, mark) => {
      const sign = mark === undefined ? '"' : String(mark);
      return sign + (sign ? text.replaceAll(sign, () => `\\${sign}`) : text) + sign;
    },
    urlEncode: encodeURIComponent,
    urlDecode: decodeURIComponent,
    base64Encode: (text) => btoa(unescape(encodeURIComponent(text.toWellFormed()))),
    base64Decode: decoded,
    parseJson: (text) => parse(text),
    toJsonString: (text) => stringify(text),
  };
  const numbers = {
    isEven: (value) => Number.isFinite(value) && value % 2 === 0,
    isOdd: (value) => Number.isFinite(value) && Math.abs(value) % 2 === 1,
    round: (value, digits) => Number(value.toFixed(digits)),
    format: formatted,
    toBoolean: (value) => !Number.isNaN(value) && value !== 0,
  };
  const arrays = {
    isEmpty: (values) => values.length === 0,
    isNotEmpty: (values) => values.length > 0,
    first: (values) => values[0],
    last: (values) => values[values.length - 1],
    sum,
    average: (values) => (values.length ? sum(values) / values.length : 0),
    min: (values) => best(values, (value, kept) => value < kept),
    max: (values) => best(values, (value, kept) => value > kept),
    unique,
    removeDuplicates: unique,
    compact: (values) => values.filter(isLeft),
    pluck: (values, ...keys) =>
      values.map((value) => (keys.length === 1 ? at(value, keys[0]) : Object.fromEntries(keys.map((key) => [key, at(value, key)])))),
    chunk,
    union: (values, more) => unique([...values, ...other(more)]),
    intersection: (values, more) => values.filter(among(more)),
    difference: (values, more) => {
      const isThere = among(more);
      return values.filter((value) => !isThere(value));
    },
    smartJoin: (values, key, value) => Object.fromEntries(values.map((element) => [at(element, key), at(element, value)])),
    toJsonString: (values) => stringify(values),
  };
  const objects = {
    isEmpty: (value) => Object.keys(value).length === 0,
    isNotEmpty: (value) => Object.keys(value).length > 0,
    hasField: (value, key) => Object.hasOwn(value, key),
    keys: (value) => Object.keys(value),
    values: (value) => Object.values(value),
    removeField: (value, key) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== String(key))),
    compact: (value) => Object.fromEntries(Object.entries(value).filter(([, part]) => isLeft(part))),
    merge: (value, more) => Object.assign({}, more, value),
    urlEncode: (value) => Object.entries(value).map(([key, part]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(part))}`).join("&"),
    toJsonString: (value) => stringify(value),
  };

  const put = (owner, name, value) =>
    Object.defineProperty(owner, `$x_${name}`, { value, writable: true, configurable: true });
  const isPlain = (value) => [Object.prototype, null].includes(Object.getPrototypeOf(Object(value)));
  const kinds = [
    [String.prototype, texts],
    [Number.prototype, numbers],
    [Boolean.prototype, { toNumber: Number }],
    [Array.prototype, arrays],
  ];

  // JavaScript's own method of that name comes second, for kinds that we give none.
  for (const name of new Set([...kinds.map(([, table]) => table), objects].flatMap(Object.keys))) {
    put(Object.prototype, name, function (...values) {
      if (isPlain(this) && typeof this[name] !== "function" && objects[name]) return objects[name](this, ...values);
      if (typeof this[name] === "function") return this[name](...values);
      const kind = Array.isArray(this) ? "array" : typeof this;
      throw new TypeError(`.${name} is not a function of a value of type ${kind}. Convert the value first, for instance with String(…).`);
    });
  }
  for (const [owner, table] of kinds) {
    for (const [name, run] of Object.entries(table)) {
      put(owner, name, function (...values) {
        return run(this.valueOf(), ...values);
      });
    }
  }

  put(DateTime.prototype, "format", function (pattern) {
    return this.toFormat(String(pattern));
  });
  return [];
})();
