// How long to wait before the next attempt to connect.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Doubles with each failure in a row up to 30 s; half of it is random, so that the desks of a
 * whole company do not come back in the same instant after a restart.
 *
 * @param failures attempts that failed in a row, from 1
 * @param random in [0, 1)
 */
export function pauseMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
