// The messages that are loaded: those of a page come with the page.

const loaded: Record<string, string> = {};

/** Makes a catalogue known to `t()`. */
export function say<const Catalogue extends Readonly<Record<string, string>>>(
  catalogue: Catalogue,
): Catalogue {
  Object.assign(loaded, catalogue);
  return catalogue;
}

/** The text of a key; the key itself where nobody has loaded it. */
export function textOf(key: string): string {
  return loaded[key] ?? key;
}

/** True for a key that has a message. */
export function isLoaded(key: string): boolean {
  return key in loaded;
}
