// Waits until a page stands still: what fades in or out has colours of its own for a moment, and what
// moves is not yet in its place.

export async function isStill(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // What goes round for ever is not waited for.
    const isMoving = ({ playState, effect }) =>
      playState === "running" && effect.getComputedTiming().endTime !== Infinity;
    const moving = () => document.getAnimations().filter(isMoving);
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      // A page sets where a movement starts in one frame, and where it ends in the next.
      await frame();
      await frame();
    } while (moving().length > 0);
  });
}
