// What a person types or picks as the calling number.

export interface Caller {
  name: string;
  number: string;
}

/** How a caller is shown in the list and stands in the field once picked. */
export function callerText({ name, number }: Caller): string {
  return `${name} (${number})`;
}

/** The number out of what stands in the field: a picked caller's, or what was typed. */
export function numberOf(text: string, callers: readonly Caller[]): string {
  const picked = callers.find((caller) => callerText(caller) === text);
  return (picked?.number ?? text).trim();
}

/** Digits with the marks people put between them, and a leading plus. */
export function numberIsGood(number: string): boolean {
  return /^\+?[\d\s().-]{2,24}$/.test(number) && /\d{2}/.test(number.replace(/\D/g, ""));
}
