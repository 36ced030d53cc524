// Comparing two runs. The only door into this feature.

import "@/lib/messages/inspector";
import "@/lib/messages/pages";
import "@/lib/messages/runs";

export { CompareView } from "./compare-view";
export { marksOf } from "./model/differences";
