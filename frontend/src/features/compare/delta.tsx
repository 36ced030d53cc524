// By how much the right run needed more or less of something.

import "@/lib/messages/compared";
import { t } from "@/lib/i18n";

type Props = {
  readonly left: number | null;
  readonly right: number | null;
  readonly format: (amount: number) => string;
};

/** Nothing where both are equal, or where one of them is not known. */
export function Delta({ left, right, format }: Props) {
  if (left === null || right === null || left === right) return null;
  const value = format(Math.abs(right - left));
  return (
    <span>{right > left ? t("compared.more", { value }) : t("compared.less", { value })}</span>
  );
}
