// The board of agents: who is there, what they have to do and what they cost. The only door into this feature.

export { AgentsView } from "./agents-view";
