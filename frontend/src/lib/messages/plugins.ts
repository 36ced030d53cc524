// Packages: which are off here, and workers that have other nodes.

import { say } from "./registry";

export const plugins = say({
  "plugins.off": "Off",
  "plugins.off.help":
    "Its package is switched off here, so steps of it fail. An owner can switch it on under Settings, Plugins.",
  "plugins.workers.different":
    "{count, plural, one {# worker has} other {# workers have}} other nodes than this server",
  "plugins.workers.different.help":
    "While a release or a package is rolled out that is as it should be. Else install the same packages on all of them and restart them.",
  "plugins.workers.left":
    "{count, plural, one {# execution waits} other {# executions wait}} for a worker that has their nodes, for five minutes at most.",
});
