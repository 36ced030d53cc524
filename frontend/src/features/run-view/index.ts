// What stands around the canvas of one run: related runs, forking, comparing. The only door in.

export { Children, Origins } from "./related-runs";
export { RunForks } from "./run-forks";
export { RunMenu } from "./run-menu";
export { RunNotices } from "./run-notices";
