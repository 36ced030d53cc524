// Why a form of the sign-in pages was refused.

import type { ReactNode } from "react";

export function Refusal({ children }: { readonly children: ReactNode }) {
  return (
    <p role="alert" className="rounded-control bg-error-soft px-3 py-2 text-error">
      {children}
    </p>
  );
}
