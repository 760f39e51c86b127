// Reading again as often as needed and no more.

/** `work` that never runs twice at once: asked for while running, it runs once more after. */
export function coalesced(work) {
  let running = null;
  let again = false;
  const rounds = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    again = true;
    running ??= rounds().finally(() => {
      running = null;
    });
    return running;
  };
}
