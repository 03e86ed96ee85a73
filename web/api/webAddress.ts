// Addresses that came from a CRM: opened only when they are web pages.

/** The address, or `null` for anything but http and https (`javascript:`, `data:`, nonsense). */
export function webAddress(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? address : null;
}
