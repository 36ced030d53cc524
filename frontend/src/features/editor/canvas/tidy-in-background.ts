// Lays the graph out in a worker, so that a thousand nodes do not stop the page.

import { isCapabilityEdge } from "../model/capabilities";
import { geometryOf } from "../model/edit-graph";
import type { TidyRequest } from "../model/tidy";
import type { SpecOf, WorkflowDocument, WorkflowEdge, XY } from "../model/types";

type Answer = readonly (readonly [id: string, place: XY])[];

const ends = ({ edges }: WorkflowDocument, wanted: (edge: WorkflowEdge) => boolean) =>
  edges.filter(wanted).map(({ from, to }) => [from[0], to[0]] as const);

/** New places for these nodes, or for all when there are fewer than two. */
export function tidyInBackground(
  document: WorkflowDocument,
  specOf: SpecOf,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, XY>> {
  const chosen = ids.size > 1 ? document.nodes.filter((node) => ids.has(node.id)) : document.nodes;
  const request: TidyRequest = {
    nodes: chosen.map((node) => {
      const { width, height } = geometryOf(document, node, specOf);
      return { id: node.id, width, height, x: node.position[0], y: node.position[1] };
    }),
    edges: ends(document, (edge) => !isCapabilityEdge(edge)),
    bonds: ends(document, isCapabilityEdge),
  };
  const worker = new Worker(new URL("./tidy-worker.ts", import.meta.url), { type: "module" });
  return new Promise<ReadonlyMap<string, XY>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(new Map(data));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
