// Moving the keyboard focus about the canvas. A card that was culled appears one frame later.

export function focusCanvas(): void {
  document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

/** What has the focus is about to go: the keys of the canvas keep working. */
export function keepFocusOnCanvas(): void {
  if (document.activeElement?.closest(".canvas")) focusCanvas();
  // A menu gives the focus back to a card that is gone by then.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusCanvas();
    }),
  );
}

export function focusNode(id: string): void {
  const focus = () => {
    const card = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    return card !== null;
  };
  if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
}
