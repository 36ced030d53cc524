// Who else is here: faces in the top bar, and a coloured ring round the node that each has open.

import "@/lib/messages/presence";
import { useStore } from "zustand";
import type { Peer } from "@/api/socket";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Avatar, tintOf } from "@/ui/avatar";
import { Tooltip } from "@/ui/tooltip";
import { ViewportPortal } from "../canvas/rf";
import { NODE_HEIGHT, NODE_WIDTH } from "../model/geometry";
import { nodeById } from "../model/types";
import { useDocument, useEditor } from "../store";
import { othersIn } from "./peers";
import { usePresence } from "./use-presence";

const SHOWN = 4;

export function PresenceLayer() {
  const editor = useEditor();
  usePresence(editor);
  const people = useStore(editor.presence, (state) => state.people);
  const others = othersIn(people);
  if (others.length === 0) return null;
  return (
    <>
      <ul aria-label={t("presence.here")} className="flex items-center -space-x-1.5 max-sm:hidden">
        {others.slice(0, SHOWN).map((peer) => (
          <Face key={peer.id} peer={peer} people={people} />
        ))}
        {others.length > SHOWN && (
          <li className="ps-3 text-xs text-fg-muted">
            {t("presence.more", { count: others.length - SHOWN })}
          </li>
        )}
      </ul>
      <ViewportPortal>
        {people.flatMap((peer) =>
          peer.you || peer.node === null
            ? []
            : [<Ring key={peer.id} peer={peer} node={peer.node} />],
        )}
      </ViewportPortal>
    </>
  );
}

type FaceProps = { readonly peer: Peer; readonly people: readonly Peer[] };

function Face({ peer, people }: FaceProps) {
  const node = useDocument((document) => nodeById(document, peer.node ?? "")?.name);
  const me = people.find(({ you }) => you)?.person.id;
  const name = peer.person.id === me ? t("presence.otherTab") : peer.person.name;
  const text = node === undefined ? name : t("presence.at", { name, node });
  return (
    <li className="rounded-full ring-2 ring-surface">
      <Tooltip text={text}>
        <span role="img" aria-label={text} className="block">
          <Avatar name={peer.person.name} size="small" />
        </span>
      </Tooltip>
    </li>
  );
}

const RINGS = [
  "outline-tint-teal bg-tint-teal",
  "outline-tint-violet bg-tint-violet",
  "outline-tint-blue bg-tint-blue",
  "outline-tint-green bg-tint-green",
  "outline-tint-pink bg-tint-pink",
  "outline-tint-slate bg-tint-slate",
] as const;

function Ring({ peer, node }: { readonly peer: Peer; readonly node: string }) {
  const place = useDocument((document) => nodeById(document, node)?.position);
  if (!place) return null;
  const [outline, ground] = (RINGS[tintOf(peer.person.name)] ?? RINGS[0]).split(" ");
  return (
    <div
      aria-hidden="true"
      className={cx(
        "pointer-events-none absolute rounded-panel outline-2 outline-offset-4",
        outline,
      )}
      style={{
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        transform: `translate(${place[0]}px, ${place[1]}px)`,
      }}
    >
      <span
        className={cx(
          "absolute -top-7 end-0 rounded-small px-1.5 text-2xs font-semibold text-surface",
          ground,
        )}
      >
        {peer.person.name}
      </span>
    </div>
  );
}
