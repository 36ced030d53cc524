// Puts a reference into the field that was focused last and gives the focus back to it.

import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { useMapping } from "../mapping";
import { inBraces } from "../model/reference";

/** Gives a function for rows: without a field to insert into, the reference is copied. */
export function useInsert(): (expression: string) => void {
  const mapping = useMapping();
  return (expression) => {
    const { target } = mapping.getState();
    if (!target) {
      navigator.clipboard.writeText(inBraces(expression)).then(
        () => toast(t("inspector.mapping.copied"), { key: "mapping" }),
        () => toast(t("inspector.mapping.noField"), { key: "mapping" }),
      );
      return;
    }
    target.insert(expression);
    requestAnimationFrame(target.focus);
  };
}
