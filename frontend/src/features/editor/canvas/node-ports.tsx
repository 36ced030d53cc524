// The connectors of a card. Shape and label carry the kind; colour is a hint.

import { memo } from "react";
import { cx } from "@/lib/cx";
import type { NodeGeometry, PortPlace } from "../model/geometry";
import { Handle, positionOf } from "./rf";

export const NodePorts = memo(function NodePorts({
  geometry,
}: {
  readonly geometry: NodeGeometry;
}) {
  const { places } = geometry;
  const isLabelled = (place: PortPlace) =>
    (place.side === "left" || place.side === "right") &&
    (places.filter((other) => other.side === place.side).length > 1 || place.isError);
  return places.map((place) => (
    <Handle
      key={`${place.role}:${place.port.id}`}
      id={place.port.id}
      type={place.role}
      position={positionOf(place)}
      style={{ left: place.x, top: place.y }}
      data-kind={place.port.kind}
      className={cx(
        "port",
        place.port.kind !== "main" && "port-capability",
        place.isError && "port-error",
      )}
    >
      {isLabelled(place) && (
        <span className={cx("port-label node-detail", place.side === "left" && "port-label-left")}>
          {place.port.label || place.port.id}
        </span>
      )}
    </Handle>
  ));
});
