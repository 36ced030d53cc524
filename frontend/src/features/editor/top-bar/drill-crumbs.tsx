// The workflows that were left on the way into this one, each a way back.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { workflowQuery } from "@/api/queries";
import { Crumb } from "@/features/shell";
import { t } from "@/lib/i18n";
import { type Level, wayOf } from "../model/drill";
import { useWayIn } from "../use-drill";

export function DrillCrumbs() {
  const levels = useWayIn();
  return levels.map((level, index) => (
    <LevelCrumb key={wayOf([level])} level={level} above={levels.slice(0, index)} />
  ));
}

type Props = { readonly level: Level; readonly above: readonly Level[] };

function LevelCrumb({ level, above }: Props) {
  const { data } = useQuery(workflowQuery(level.workflow));
  const way = wayOf(above);
  return (
    <Crumb>
      <Link
        to="/w/$workflowId"
        params={{ workflowId: level.workflow }}
        search={{ node: level.node, ...(way === "" ? {} : { way }) }}
        className="max-w-40 truncate text-fg-muted hover:text-fg max-sm:hidden"
      >
        {data?.name ?? t("editor.drill.caller")}
      </Link>
    </Crumb>
  );
}
