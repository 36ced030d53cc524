// The part of Intl that luxon asks for: QuickJS has none. English, and the zones that a job brings.
(() => {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const zones = new Map();
  let system = "UTC";

  const isUtc = (name) => /^(UTC|GMT|Etc\/(UTC|GMT))$/i.test(name);

  // Minutes east of Greenwich: the last change before the moment counts.
  const offsetOf = (zone, time) => {
    const changes = zones.get(zone);
    if (!changes) return 0;
    let low = 0;
    let high = changes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (changes[middle][0] <= time) low = middle;
      else high = middle - 1;
    }
    return changes[low][1];
  };

  const zoneName = (offset) => {
    if (offset === 0) return "UTC";
    const minutes = Math.abs(offset);
    const rest = minutes % 60 ? `:${String(minutes % 60).padStart(2, "0")}` : "";
    return `GMT${offset < 0 ? "-" : "+"}${Math.floor(minutes / 60)}${rest}`;
  };

  const two = (style, value) => (style === "2-digit" ? String(value).padStart(2, "0") : String(value));
  const named = (style, name) => (style === "long" ? name : style === "narrow" ? name[0] : name.slice(0, 3));

  class DateTimeFormat {
    constructor(_locale, options = {}) {
      const zone = options.timeZone ?? system;
      if (!isUtc(zone) && !zones.has(zone)) {
        throw new RangeError(`The time zone ${zone} is not at hand. Write its name out in the code.`);
      }
      const { dateStyle, timeStyle } = options;
      const date = dateStyle && { year: "numeric", month: dateStyle === "short" ? "numeric" : dateStyle === "medium" ? "short" : "long", day: "numeric", ...(dateStyle === "full" && { weekday: "long" }) };
      const time = timeStyle && { hour: "numeric", minute: "2-digit", ...(timeStyle !== "short" && { second: "2-digit" }) };
      this.options = { ...options, ...date, ...time };
      if (!["weekday", "year", "month", "day", "hour", "minute", "second", "era"].some((field) => this.options[field])) {
        Object.assign(this.options, { year: "numeric", month: "numeric", day: "numeric" });
      }
      this.zone = zone;
    }

    resolvedOptions() {
      return { locale: "en-US", calendar: "gregory", numberingSystem: "latn", timeZone: this.zone, ...this.options };
    }

    formatToParts(value = Date.now()) {
      const time = Number(value);
      const offset = offsetOf(this.zone, time);
      const at = new Date(time + offset * 60_000);
      const year = at.getUTCFullYear();
      const o = this.options;
      const is24 = o.hour12 === false || o.hourCycle === "h23";
      const hour = is24 ? at.getUTCHours() : at.getUTCHours() % 12 || 12;
      const parts = [];
      const add = (type, text, before) => {
        if (parts.length > 0 && before) parts.push({ type: "literal", value: before });
        parts.push({ type, value: String(text) });
      };
      const month = o.month === "numeric" || o.month === "2-digit";
      const years = two(o.year, year > 0 ? year : 1 - year);
      if (o.weekday) add("weekday", named(o.weekday, DAYS[at.getUTCDay()]));
      if (o.month) add("month", month ? two(o.month, at.getUTCMonth() + 1) : named(o.month, MONTHS[at.getUTCMonth()]), ", ");
      if (o.day) add("day", two(o.day, at.getUTCDate()), month ? "/" : " ");
      if (o.year) add("year", o.year === "2-digit" ? years.slice(-2) : years, month ? "/" : o.day ? ", " : " ");
      if (o.era) add("era", year > 0 ? "AD" : "BC", " ");
      if (o.hour) add("hour", two(o.hour, hour), ", ");
      if (o.minute) add("minute", two(o.hour ? "2-digit" : o.minute, at.getUTCMinutes()), ":");
      if (o.second) add("second", two(o.minute ? "2-digit" : o.second, at.getUTCSeconds()), ":");
      if (o.hour && !is24) add("dayPeriod", at.getUTCHours() < 12 ? "AM" : "PM", " ");
      if (o.timeZoneName) add("timeZoneName", zoneName(offset), ", ");
      return parts;
    }

    format(value) {
      return this.formatToParts(value).map((part) => part.value).join("");
    }
  }

  const plural = (count, unit) => (count === 1 ? unit : `${unit}s`);

  class NumberFormat {
    constructor(_locale, options = {}) {
      this.options = options;
    }

    resolvedOptions() {
      return { locale: "en-US", numberingSystem: "latn", ...this.options };
    }

    format(value) {
      const { style, unit, minimumIntegerDigits = 1, maximumFractionDigits = 3, useGrouping = true } = this.options;
      const [whole, decimals = ""] = String(Number(Math.abs(value).toFixed(maximumFractionDigits))).split(".");
      const padded = whole.padStart(minimumIntegerDigits, "0");
      const grouped = useGrouping ? padded.replace(/\B(?=(\d{3})+$)/g, ",") : padded;
      const text = `${value < 0 ? "-" : ""}${grouped}${decimals && `.${decimals}`}`;
      return style === "unit" ? `${text} ${plural(Math.abs(value), unit)}` : text;
    }
  }

  class RelativeTimeFormat {
    constructor(_locale, options = {}) {
      this.isAuto = options.numeric === "auto";
    }

    format(value, given) {
      const unit = given.replace(/s$/, "");
      const near = { day: ["yesterday", "today", "tomorrow"] }[unit] ?? [`last ${unit}`, `this ${unit}`, `next ${unit}`];
      if (this.isAuto && [-1, 0, 1].includes(value)) return near[value + 1];
      const amount = new NumberFormat().format(Math.abs(value));
      const words = `${amount} ${plural(Math.abs(value), unit)}`;
      return value < 0 || Object.is(value, -0) ? `${words} ago` : `in ${words}`;
    }
  }

  class ListFormat {
    constructor(_locale, options = {}) {
      this.last = options.type === "unit" ? ", " : ", and ";
    }

    format(values) {
      const list = [...values];
      if (list.length < 2) return list.join("");
      if (list.length === 2 && this.last === ", and ") return list.join(" and ");
      return list.slice(0, -1).join(", ") + this.last + list.at(-1);
    }
  }

  globalThis.Intl = { DateTimeFormat, NumberFormat, RelativeTimeFormat, ListFormat };

  const setUp = (text) => {
    const calendar = JSON.parse(text);
    for (const [name, changes] of Object.entries(calendar.zones)) zones.set(name, changes);
    // luxon itself knows fixed ones, such as UTC+5:30.
    system = zones.has(calendar.zone) ? calendar.zone : "UTC";
    luxon.Settings.defaultZone = calendar.zone;
    return "";
  };

  return [setUp];
})();
