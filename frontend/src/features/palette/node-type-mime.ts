/** The kind of data that a drag out of the palette carries: a node type. */
export const NODE_TYPE_MIME = "application/x-headrace-node-type";
