// Values that all workflows share, and what expressions know of them.

import "@/lib/messages/pages";
import "@/lib/messages/variables";

export { VariablesView } from "./variables-view";
