// Two letters on a colour that always is the same for the same name.

import { cx } from "@/lib/cx";

const GROUNDS = [
  "bg-tint-teal",
  "bg-tint-violet",
  "bg-tint-blue",
  "bg-tint-green",
  "bg-tint-pink",
  "bg-tint-slate",
] as const;

type Props = {
  readonly name: string;
  readonly shape?: "round" | "square";
  readonly size?: "small" | "medium";
};

export function Avatar({ name, shape = "round", size = "medium" }: Props) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex shrink-0 items-center justify-center font-semibold text-surface select-none",
        shape === "round" ? "rounded-full" : "rounded-small",
        size === "small" ? "size-5 text-2xs" : "size-7 text-2xs",
        GROUNDS[tintOf(name)],
      )}
    >
      {shape === "square" ? name.slice(0, 1).toUpperCase() : initialsOf(name)}
    </span>
  );
}

/** The number of the name's colour, of teal, violet, blue, green, pink and slate. */
export function tintOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
  return hash % GROUNDS.length;
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const [first = "?", second = ""] = words;
  return (first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
}
