// Nodes that an older version of their type wrote. The only door into this feature.

export { ParameterChanges } from "./parameter-changes";
