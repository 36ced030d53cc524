// The reader of Markdown for hosted pages, which are drawn by the server: the editor's own, without its types.

import { readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";

const SOURCE = new URL("src/lib/markdown.ts", import.meta.url);
const TARGET = new URL("../platform/headrace/triggers/gate/pages/markdown.gen.js", import.meta.url);

const { outputText } = ts.transpileModule(readFileSync(SOURCE, "utf8"), {
  compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
});
// One script with those that use it, so nothing is exported.
const plain = outputText.replaceAll(/^export \{\};\n/gm, "").replaceAll(/^export /gm, "");
writeFileSync(
  TARGET,
  `// Written by \`make gen\` from frontend/src/lib/markdown.ts. Do not edit.\n\n${plain}`,
);
