// The dialogs of the editor, and what else its canvas is painted without.

import { deferred } from "@/ui/deferred";

export const FindDialog = deferred(() =>
  import("./find-dialog").then((module) => module.FindDialog),
);
export const ProblemsDialog = deferred(() =>
  import("./problems-dialog").then((module) => module.ProblemsDialog),
);
export const PublishDialog = deferred(() =>
  import("./publish-dialog").then((module) => module.PublishDialog),
);
export const ConflictDialog = deferred(() =>
  import("./conflict-dialog").then((module) => module.ConflictDialog),
);
export const PasteDialog = deferred(() =>
  import("./paste-dialog").then((module) => module.PasteDialog),
);
export const ExtractDialog = deferred(() =>
  import("./extract-dialog").then((module) => module.ExtractDialog),
);
export const LoadRunDialog = deferred(() =>
  import("./load-run-dialog").then((module) => module.LoadRunDialog),
);
export const RenameDialog = deferred(() =>
  import("./rename-dialog").then((module) => module.RenameDialog),
);
export const RestorePreview = deferred(() =>
  import("./restore-preview").then((module) => module.RestorePreview),
);
