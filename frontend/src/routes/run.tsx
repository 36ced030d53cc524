// Placeholder until the canvas is composed here.

export function RunPage() {
  return null;
}
