// Links that are there to be dialled: `tel:` of the web, `callto:` of older CRMs (Bitrix24 writes it
// where an administrator has chosen so).
import { OPT_OUT } from "./skipped";

/** The link that an event is about, and that is to be called by us. */
export function dialledLink(event: Event): HTMLAnchorElement | HTMLAreaElement | null {
  for (const it of event.composedPath()) {
    if (!(it instanceof HTMLAnchorElement || it instanceof HTMLAreaElement)) continue;
    return numberOf(it.href) === null || isOptedOut(it) ? null : it;
  }
  return null;
}

/** A page that dials by itself. */
function isOptedOut(link: Element): boolean {
  return link.closest(`.${OPT_OUT}`) !== null;
}

/** `tel:+49-30-1234;ext=5` -> `+49-30-1234` and `5`; `null` for any other address (RFC 3966). */
export function numberOf(address: string): { number: string; extension: string | null } | null {
  const [, written] = address.match(/^(?:tel|callto):(?:\/\/)?(.+)$/i) ?? [];
  if (written === undefined) return null;
  const [number = "", ...parameters] = decoded(written).split(";");
  const [, extension] = parameters.join(";").match(/(?:^|;)ext=([\d]+)/i) ?? [];
  return /\d/.test(number) ? { number: number.trim(), extension: extension ?? null } : null;
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    // A lonely percent sign: it is meant as it stands.
    return written;
  }
}
