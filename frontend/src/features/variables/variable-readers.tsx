// Which workflows read a variable.

import { Link } from "@tanstack/react-router";
import type { Variable } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Popover } from "@/ui/popover";

export function VariableReaders({ variable }: { readonly variable: Variable }) {
  const { name, used_by } = variable;
  if (used_by.length === 0) {
    return <span className="text-fg-subtle max-sm:hidden">{t("variables.nobody")}</span>;
  }
  const count = t("variables.usedByCount", { count: used_by.length });
  return (
    <Popover
      label={t("variables.usedTitle", { name })}
      trigger={
        <Button variant="ghost" size="small">
          {count}
        </Button>
      }
    >
      <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto p-3">
        {used_by.map((reader) => (
          <li key={reader.id}>
            <Link
              to="/w/$workflowId"
              params={{ workflowId: reader.id }}
              className="rounded-small text-accent hover:underline"
            >
              {reader.name}
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
