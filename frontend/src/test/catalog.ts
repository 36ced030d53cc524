// The catalogue as the server generates it: fixtures/catalog.json.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NodeCatalog } from "@/api/types";
import { buildCatalog } from "@/features/palette";

const FILE = resolve(process.cwd(), "../fixtures/catalog.json");

export const recordedCatalog = JSON.parse(readFileSync(FILE, "utf8")) as NodeCatalog;

export const catalog = buildCatalog(recordedCatalog);
