// All expressions of a node over all of its items in one crossing: each compiled once.
(() => {
  const { parse, stringify } = JSON;

  const compile = (names, source) => {
    try {
      return new Function(...names, `"use strict"; return (${source}\n);`);
    } catch (error) {
      return () => {
        throw error;
      };
    }
  };

  const batch = (text) => {
    const { sources, items, variables } = parse(text);
    const names = ["$json", "$binary", "$itemIndex", ...Object.keys(variables)];
    const values = Object.values(variables);
    const compiled = sources.map((source) => compile(names, source));
    const errors = [];
    const rows = items.map((item, index) =>
      compiled.map((run, place) => {
        try {
          return run(item.json, item.binary ?? {}, index, ...values);
        } catch (error) {
          errors.push([index, place, String(error?.name ?? "Error"), String(error?.message ?? error)]);
          return null;
        }
      }),
    );
    return stringify({ rows, errors });
  };

  return [batch];
})();
