// Amounts: millionths of a dollar in, what people read out; and back.

const MICRO = 1_000_000;
const CENT_MICRO = 10_000;

const cents = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const fine = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** `$12.34`; below a cent with as many digits as it has. */
export function formatMoney(micro: number): string {
  return (micro !== 0 && micro < CENT_MICRO ? fine : cents).format(micro / MICRO);
}

/** What a person typed, in millionths; null where it is no amount. */
export function toMicro(text: string): number | null {
  const dollars = Number(text.trim().replace(/^\$/, ""));
  if (text.trim() === "" || !Number.isFinite(dollars) || dollars < 0) return null;
  return Math.round(dollars * MICRO);
}

export function toDollars(micro: number): string {
  return String(micro / MICRO);
}
