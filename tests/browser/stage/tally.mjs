// What a person does in a browser, counted: presses of the mouse, and fields filled in.

/**
 * Counts in every tab of `context` from now on, the CRM's own pages included.
 * @returns {Promise<{ clicks: number, fields: number }>} goes on counting
 */
export async function tally(context) {
  const done = { clicks: 0, fields: 0 };
  await context.exposeBinding("linecardTally", (_source, what) => {
    done[what] += 1;
  });
  await context.addInitScript(() => {
    const filled = new WeakSet();
    window.addEventListener(
      "pointerdown",
      ({ isTrusted }) => {
        if (isTrusted) window.linecardTally("clicks");
      },
      true,
    );
    window.addEventListener(
      "input",
      ({ target }) => {
        const typed = !/^(checkbox|radio)$/.test(target.type);
        if (!typed || filled.has(target)) return;
        filled.add(target);
        window.linecardTally("fields");
      },
      true,
    );
  });
  return done;
}
