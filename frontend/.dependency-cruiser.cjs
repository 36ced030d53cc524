// Who may import whom in src/: features stand apart, models stay pure, ui knows no domain.

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "feature-by-its-front-door",
      comment: "Another feature is reached through its index.ts only.",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: {
        path: "^src/features/([^/]+)/.+",
        pathNot: ["^src/features/$1/", "^src/features/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "routes-and-app-by-the-front-door",
      severity: "error",
      from: { path: "^src/(app|routes)/" },
      to: { path: "^src/features/", pathNot: "^src/features/[^/]+/index\\.ts$" },
    },
    {
      name: "models-are-pure",
      comment: "model/ is plain TypeScript: no React, stores, canvas library or requests.",
      severity: "error",
      from: { path: "^src/features/[^/]+/model/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: [
          "node_modules/(react|react-dom|zustand|@xyflow|@tanstack)/",
          "^src/ui/",
          "^src/api/(?!types\\.ts$|widgets\\.gen\\.ts$)",
        ],
      },
    },
    {
      name: "ui-knows-no-domain",
      severity: "error",
      from: { path: "^src/ui/" },
      to: { path: "^src/(api|features|routes|app)/" },
    },
    {
      name: "lib-stands-alone",
      severity: "error",
      from: { path: "^src/lib/" },
      to: { path: "^src/(api|features|routes|app|ui)/" },
    },
    {
      name: "api-stands-on-lib",
      severity: "error",
      from: { path: "^src/api/" },
      to: { path: "^src/(features|routes|app|ui)/" },
    },
    {
      name: "features-know-no-pages",
      severity: "error",
      from: { path: "^src/features/" },
      to: { path: "^src/(routes|app)/" },
    },
    {
      name: "no-test-code-in-the-product",
      severity: "error",
      from: { pathNot: ["\\.test\\.tsx?$", "^src/test/"] },
      to: { path: ["\\.test\\.tsx?$", "^src/test/"] },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
