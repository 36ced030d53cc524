// English messages about files of items.

import { say } from "./registry";

export const files = say({
  "files.download": "Download {name}",
  "files.failed": "The file could not be downloaded",
  "files.part": "The first {count} characters. Download the file to read all of it.",
  "files.preview": "Preview {name}",
  "files.previewFailed": "The file could not be shown",
});
