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
  home_addresses: "Home addresses",
  home_addresses_text:
    "The addresses by which Linecard is reached. They are set in Linecard's configuration file.",
} as const;
