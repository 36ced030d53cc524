// The inspector: one node's input, parameters and output. The only door into this feature.

export { CodeEditor } from "./expression/code-editor";
export { Inspector } from "./lazy-inspector";
export type { InspectorLayout } from "./preferences";
export { useInspectorLayout } from "./use-layout";
