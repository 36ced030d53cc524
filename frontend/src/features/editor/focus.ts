// Moving the keyboard focus about the canvas. A card that was culled appears one frame later.

export function focusCanvas(): void {
  document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

export function focusNode(id: string): void {
  const focus = () => {
    const card = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    return card !== null;
  };
  if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
}
