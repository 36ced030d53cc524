// The frame of the pages in front of the app: mark, heading, one card.

import type { ReactNode } from "react";
import { Logo } from "@/ui/logo";

type Props = { readonly title: string; readonly text: string; readonly children: ReactNode };

export function AuthFrame({ title, text, children }: Props) {
  return (
    <main className="relative grid h-full grid-cols-[minmax(0,1fr)] place-items-center overflow-auto p-4">
      <div className="flex w-full max-w-sm flex-col gap-6">
        <header className="flex flex-col items-center gap-3 text-center">
          <Logo size={44} />
          <div className="flex flex-col gap-1">
            <h1 className="text-xl">{title}</h1>
            <p className="text-fg-muted">{text}</p>
          </div>
        </header>
        <section className="rounded-dialog border border-line bg-surface p-6 shadow-panel">
          {children}
        </section>
      </div>
    </main>
  );
}
