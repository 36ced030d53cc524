// Says to the other tabs of this device that an editor is alive, by a lock that ends with its page.

import { freshId } from "../model/names";

const PREFIX = "headrace.editor.";

/** Browsers without locks (pages by plain HTTP) know nobody to be alive. */
const locks = (): LockManager | undefined =>
  typeof navigator === "undefined" ? undefined : navigator.locks;

export class PageLife {
  readonly name = freshId();
  #end: (() => void) | null = null;

  begin(): void {
    if (this.#end) return;
    const held = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    locks()
      ?.request(PREFIX + this.name, () => held)
      .catch(() => undefined);
  }

  end(): void {
    this.#end?.();
    this.#end = null;
  }

  /** The names of all that are alive now. */
  static async alive(): Promise<ReadonlySet<string>> {
    const held = (await locks()?.query())?.held ?? [];
    return new Set(
      held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? name.slice(PREFIX.length) : [])),
    );
  }
}
