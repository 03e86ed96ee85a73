// Whether a number can become a new extension.

/** Null when it can, else the code of what is in the way. Linecard's own rule: one to ten digits,
 * stars and hashes. */
export function newNumberProblem(
  entered: string,
  extensions: readonly { number: string }[],
): "required" | "not_an_extension" | "extension_exists" | null {
  const number = entered.trim();
  if (!number) return "required";
  if (!/^[0-9*#]{1,10}$/.test(number)) return "not_an_extension";
  return extensions.some((one) => one.number === number) ? "extension_exists" : null;
}
