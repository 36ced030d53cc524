// Tasks of which only the newest counts: one runs, one waits, whatever waited before is passed over.

type Task = () => Promise<void>;

export class NewestOnly {
  #waiting: Task | null = null;
  #running: Promise<void> | null = null;

  /** Resolves when this task, or a newer one in its place, is done; rejects as that one does. */
  run(task: Task): Promise<void> {
    this.#waiting = task;
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting) {
      const task = this.#waiting;
      this.#waiting = null;
      try {
        await task();
      } catch (error) {
        if (!this.#waiting) throw error;
      }
    }
  }
}
