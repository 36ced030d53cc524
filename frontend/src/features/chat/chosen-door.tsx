// The chat of a workflow: with its Chat trigger, or with the one that is chosen of several.

import "@/lib/messages/chat";
import { type ComponentProps, useState } from "react";
import { t } from "@/lib/i18n";
import { SelectInput } from "@/ui/select";
import { ChatPanel } from "./chat-panel";
import type { Door } from "./queries";

type Props = Omit<ComponentProps<typeof ChatPanel>, "door" | "isOne" | "title"> & {
  readonly doors: readonly [Door, ...Door[]];
};

export function ChosenDoor({ doors, ...panel }: Props) {
  const [chosen, setChosen] = useState("");
  const door = doors.find(({ node }) => node === chosen) ?? doors[0];
  const isOne = doors.length === 1;
  // Two may have the same title: the name of the node tells them apart.
  const options = doors.map(({ node, title }) => ({
    value: node,
    label: title || panel.nodeName(node),
    hint: panel.nodeName(node),
  }));
  return (
    <ChatPanel
      key={door.node}
      {...panel}
      door={door}
      isOne={isOne}
      title={
        !isOne && (
          <div className="min-w-0 basis-full">
            <SelectInput
              aria-label={t("chat.door")}
              value={door.node}
              options={options}
              onChange={setChosen}
            />
          </div>
        )
      }
    />
  );
}

/** Those that there are, if any. */
export function someOf(doors: readonly Door[]): readonly [Door, ...Door[]] | null {
  const [first, ...others] = doors;
  return first ? [first, ...others] : null;
}
