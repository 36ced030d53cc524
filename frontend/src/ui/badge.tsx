// A count on the corner of something.

type Props = { readonly count: number; readonly label: string };

export function Badge({ count, label }: Props) {
  if (count === 0) return null;
  return (
    <span
      data-count={count}
      className="absolute -end-1 -top-1 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-error-solid px-1 text-2xs font-semibold text-fg-on-solid"
    >
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
