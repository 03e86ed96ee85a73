// Whose page this is: for people a site is what the address bar says, whatever frames it is made of.

/** The host in the address bar; in a frame the outermost page's. */
export function siteOf(location: Location): string {
  const top = location.ancestorOrigins[location.ancestorOrigins.length - 1];
  return top && top !== "null" ? new URL(top).hostname : location.hostname;
}
