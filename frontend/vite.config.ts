// Builds the app that Django serves under /app/; in development, passes the server's paths through.

import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The oldest browsers that know `light-dark()`, which all our colours are written in. */
const BROWSERS = ["chrome123", "firefox128", "safari17.5"];

/** What every page needs, in one chunk: many small ones compress badly. */
const SHELL =
  /node_modules\/(react|react-dom|scheduler|zustand|use-sync-external-store|@tanstack\/(?!.*virtual)[^/]+)\/|lucide-react\/dist\/esm\/(create|Icon|default|shared|context)|@radix-ui\/react-(slot|compose-refs)\/|\/src\/(api|lib\/(?!markdown|camera-flight|messages\/(?!index|registry|common|shell)))|\/src\/ui\/(button|chip|csp|deferred|dialog|icon|icon-button|menu|skeleton|toast|tooltip|error-state|empty-state|avatar|badge|logo|status-chip)\.tsx?$|preload-helper/;

const SERVER = process.env["HEADRACE_DEV_SERVER"] ?? "http://127.0.0.1:8000";
const SERVER_PATHS = ["/api", "/admin", "/files", "/resume", "/webhook", "/webhook-test"];

const proxy = Object.fromEntries([
  ...SERVER_PATHS.map((path) => [path, { target: SERVER }]),
  ["/ws", { target: SERVER, ws: true }],
]);

const source = (path: string): string => fileURLToPath(new URL(`./src${path}`, import.meta.url));

const SHELL_CHUNK = { name: "shell", test: SHELL, priority: 1 };

/** Icons that several pages show: each by itself was a request for a third of a kilobyte. */
const ICONS_CHUNK = { name: "icons", test: /lucide-react\/dist\/esm\/icons\//, minShareCount: 3 };

/** Small modules of ours for large ones that libraries bring along and hardly use. */
const STAND_INS = {
  "d3-transition": source("/lib/camera-flight.ts"),
  "d3-interpolate": source("/lib/camera-flight.ts"),
  "use-sync-external-store/shim/with-selector.js": source("/lib/select-from-store.ts"),
  "use-sync-external-store/shim/with-selector": source("/lib/select-from-store.ts"),
  "use-sync-external-store/shim": source("/lib/select-from-store.ts"),
};

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react(), tailwindcss({ optimize: false })],
  resolve: { alias: { "@": source(""), ...STAND_INS } },
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    target: BROWSERS,
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: [SHELL_CHUNK, ICONS_CHUNK] } } },
  },
  server: { host: "127.0.0.1", port: 5173, proxy },
  test: {
    restoreMocks: true,
    // What takes two seconds alone took more than the usual five beside the other suites.
    testTimeout: 30_000,
    maxWorkers: 2,
    // A document costs a second a file: only those have one that ask for it by their name.
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["src/**/*.test.ts"],
          exclude: ["src/**/*.dom.test.ts"],
          setupFiles: ["src/test/messages.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["src/**/*.dom.test.ts", "src/**/*.test.tsx"],
          setupFiles: ["src/test/messages.ts", "src/test/setup.ts"],
        },
      },
    ],
  },
}));
