// The shapes that travel between this app and the server: see docs of /api/v1/ and /ws/.

export type * from "./types/administration";
export type * from "./types/agents";
export type * from "./types/catalogue";
export type * from "./types/dashboard";
export type * from "./types/documents";
export type * from "./types/events";
export type * from "./types/executions";
export type * from "./types/json";
export type * from "./types/models";
export type * from "./types/notifications";
export type * from "./types/people";
export type * from "./types/reviews";
export type * from "./types/tables";
