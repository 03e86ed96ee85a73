// Lengths of time as clocks show them.

/** A length that still runs, as `0:07`, `12:34` or `1:02:03`. Part seconds are cut, as on every
 * clock; negative is zero. */
export function clock(ms: number): string {
  return shown(Math.floor(ms / 1000));
}

/** A length that is final. Rounded to the nearest second, as the CRM's entry of the call has it. */
export function measured(ms: number): string {
  return shown(Math.round(ms / 1000));
}

function shown(seconds: number): string {
  const total = Math.max(0, seconds);
  const [hours, minutes, rest] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
