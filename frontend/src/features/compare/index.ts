// Comparing two runs. The only door into this feature.

export { CompareView } from "./compare-view";
export { marksOf } from "./model/differences";
