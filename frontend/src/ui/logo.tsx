// The mark: water led from a height through a gate into a channel.

type Props = { readonly size?: number; readonly label?: string };

export function Logo({ size = 28, label }: Props) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      className="shrink-0"
      role={label ? "img" : "presentation"}
      aria-label={label}
    >
      <rect width="32" height="32" rx="8" className="fill-accent-solid" />
      <g fill="none" strokeLinecap="round" className="stroke-fg-on-solid">
        <path d="M9.5 7v18M22.5 7v18" strokeWidth="3" />
        <path d="M9.5 12.5c4.5 0 4 3.2 6.5 3.2s2-3.2 6.5-3.2" strokeWidth="2.4" />
        <path d="M9.5 19c4.5 0 4 3.2 6.5 3.2s2-3.2 6.5-3.2" strokeWidth="2.4" opacity=".6" />
      </g>
    </svg>
  );
}
