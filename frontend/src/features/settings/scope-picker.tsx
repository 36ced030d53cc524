// Which of one's own rights a key gets, one by one.

import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Checkbox } from "@/ui/checkbox";
import { groupRights, rightLabel, subjectLabel } from "./model/rights";

type Props = {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

export function ScopePicker({ chosen, onChange }: Props) {
  const { permissions } = useSession();
  const toggle = (right: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, right] : chosen.filter((one) => one !== right));
  return (
    <fieldset className="flex max-h-64 flex-col gap-2 overflow-y-auto rounded-control border border-line p-3">
      <legend className="px-1 text-xs font-medium text-fg-muted">{t("apiKeys.rights")}</legend>
      {groupRights(permissions).map(({ subject, rights }) => (
        <div key={subject} className="grid grid-cols-[8rem_1fr] gap-x-3 max-sm:grid-cols-1">
          <span className="pt-1 text-xs text-fg-muted">{subjectLabel(subject)}</span>
          <div className="flex flex-wrap gap-x-4">
            {rights.map((right) => (
              <Checkbox
                key={right}
                label={
                  <>
                    <span className="sr-only">{subjectLabel(subject)}: </span>
                    {rightLabel(right)}
                  </>
                }
                checked={chosen.includes(right)}
                onChange={(isOn) => toggle(right, isOn)}
              />
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
