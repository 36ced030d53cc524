// What an upgrade would do to the parameters of one node.

import "@/lib/messages/upgrades";
import { ArrowRight } from "lucide-react";
import type { JsonValue, ParameterChange, Upgrade } from "@/api/types";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";

const TONES = { added: "success", changed: "accent", removed: "warn" } as const;

export function ParameterChanges({ upgrade }: { readonly upgrade: Upgrade }) {
  const { changes, faults, error } = upgrade;
  if (error !== null) return <p className="text-error">{error}</p>;
  return (
    <>
      {changes.length === 0 && <p className="text-fg-muted">{t("upgrades.same")}</p>}
      <ul className="flex flex-col gap-1">
        {changes.map((change) => (
          <Change key={change.name} change={change} />
        ))}
      </ul>
      {faults.length > 0 && (
        <div className="text-warn">
          <p className="font-medium">{t("upgrades.faults")}</p>
          <ul>
            {faults.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <code className="font-code text-xs">{path.slice(1)}</code> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Change({ change: { name, change, before, after } }: { readonly change: ParameterChange }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Chip tone={TONES[change]}>{t(`upgrades.${change}`)}</Chip>
      <code className="font-code text-xs">{name}</code>
      {change !== "added" && <Value value={before} />}
      {change === "changed" && <Icon icon={ArrowRight} size={13} />}
      {change !== "removed" && <Value value={after} />}
    </li>
  );
}

function Value({ value }: { readonly value: JsonValue }) {
  return <span className="min-w-0 truncate text-fg-muted">{JSON.stringify(value)}</span>;
}
