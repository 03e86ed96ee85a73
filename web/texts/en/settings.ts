// The organisation's settings.
export const settings = {
  title: "Settings",
  intro: "What holds for the whole organisation.",
  organisation: "Organisation",
  ranges: "Extension ranges",
  ranges_text: "Numbers in these ranges are extensions and are never looked up as phone numbers.",
  from: "From",
  to: "To",
  add_range: "Add a range",
  no_ranges: "No ranges: numbers of up to 6 digits may be taken for phone numbers.",
  bad_range: "Digits only, both of the same length, the first not above the second.",
  dial: "Calls by a click",
  dial_text:
    "Which outside numbers agents may call from Desk. It keeps a stolen account from running up costs; the phone system's own rules hold as well.",
  denied: "Never call numbers that begin with",
  denied_text: "Premium-rate and satellite ranges, for instance: +1900, +882",
  allowed: "Only call numbers that begin with",
  allowed_text: "For instance +1, +44. Empty: every number that is not denied.",
  allowed_none: "Every number",
  home_addresses: "Home addresses",
  home_addresses_text:
    "The addresses by which Linecard is reached. They are set in Linecard's configuration file.",
} as const;
