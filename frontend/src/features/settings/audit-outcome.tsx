// How what is in the record ended, as icon, word and colour.

import { Ban, CircleCheck, CircleX, type LucideIcon } from "lucide-react";
import type { AuditOutcome } from "@/api/types";
import { t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { SelectInput } from "@/ui/select";

const LOOKS: Readonly<Record<AuditOutcome, readonly [Tone, LucideIcon]>> = {
  done: ["neutral", CircleCheck],
  refused: ["warn", Ban],
  failed: ["error", CircleX],
};

export function OutcomeChip({ outcome }: { readonly outcome: AuditOutcome }) {
  const [tone, icon] = LOOKS[outcome];
  return (
    <Chip tone={tone} icon={icon} plain>
      {t(`audit.outcome.${outcome}`)}
    </Chip>
  );
}

type Props = { readonly value: string; readonly onChange: (value: string) => void };

export function OutcomeFilter({ value, onChange }: Props) {
  const outcomes = Object.keys(LOOKS) as AuditOutcome[];
  return (
    <div className="w-52 max-sm:col-span-2 max-sm:w-full">
      <SelectInput
        aria-label={t("audit.outcome")}
        value={value}
        onChange={onChange}
        options={[
          { value: "", label: t("audit.anyOutcome") },
          ...outcomes.map((outcome) => ({
            value: outcome,
            label: t(`audit.outcome.${outcome}`),
            icon: LOOKS[outcome][1],
          })),
        ]}
      />
    </div>
  );
}
