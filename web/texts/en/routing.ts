// To whom the dial plan puts a known caller through.
export const routing = {
  title: "Known callers to their contact's owner",
  text: "The dial plan asks Linecard which extension owns the caller's contact, and calls that one. Everybody else, and everybody while Linecard is down, goes the dial plan's own way.",
  default: "Default extension",
  default_hint: "Rings for callers without an owner.",
  agi: "Over FastAGI",
  agi_text:
    'For a phone system on the same machine, with agi.listen = "127.0.0.1:4573" in Linecard\'s configuration. No token is needed.',
  http: "Over HTTP",
  http_text: "For any phone system that reaches Linecard. The dial plan shows a token.",
  token_none: "There is no token: nobody may ask over HTTP.",
  token_since: "The token that counts was made on {{date}}.",
  token_new: "Put it into the dial plan now: it is not shown again.",
  token: "Token",
  make: "Make a token",
  replace: "Make a new token",
  replace_title: "Make a new token?",
  replace_text: "The old one counts no more: dial plans that show it go their default way at once.",
  take_back: "Take it back",
} as const;
