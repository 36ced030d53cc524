// Files of items: what is in one, and its download. The only door into this feature.

export { FileRow } from "./file-row";
