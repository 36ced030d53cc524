// Language models of the workspace: which there are, what may be spent, what was.

import "@/lib/messages/models";

export { ModelsView } from "./models-view";
