// Fails the build when a page loads more than its budget before its first paint (gzip, JavaScript).

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = new URL("./dist/", import.meta.url);
const KILOBYTE = 1_000;
const BUDGETS_KB = { "workflow-editor": 250, home: 190, inbox: 190 };

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", DIST), "utf8"));

/** The chunk and all that it imports statically. */
function withImports(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const next of manifest[name].imports ?? []) withImports(next, found);
  return found;
}

function kilobytesOf(page) {
  const chunks = withImports(`src/routes/${page}.tsx`, withImports("index.html"));
  const sizes = [...chunks].map(
    (name) => gzipSync(readFileSync(new URL(manifest[name].file, DIST))).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / KILOBYTE;
}

for (const [page, budget] of Object.entries(BUDGETS_KB)) {
  const size = kilobytesOf(page);
  process.stdout.write(`${page}: ${size.toFixed(1)} kB of ${budget} kB\n`);
  if (size > budget) process.exitCode = 1;
}
