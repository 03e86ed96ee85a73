// Programs that are bound to an agent, such as the extension for Chrome.
export const devices = {
  title: "Devices",
  intro:
    "What agents have signed in: browsers with the extension for Chrome, computers with the companion. Each may place calls from its agent's extension and open pages of callers, and can do nothing else.",
  none: "No device is signed in",
  none_text:
    "Agents sign in from the extension's own page or start the companion, with the address of this Linecard.",
  own_text: "They place calls from your extension and open pages of your callers.",
  own_none: "None. Sign in from the extension for Chrome or from the companion.",
  name: "Device",
  agent: "Agent",
  bound: "Signed in",
  last_seen: "Last seen",
  revoke: "Sign out",
  revoke_title: "Sign {{name}} out?",
  revoke_text:
    "It can place no call and open no page any more, from this moment. To use it again, sign in from it anew.",
  authorize: "Allow this browser?",
  authorize_companion: "Allow this computer?",
  authorize_text:
    "The extension for Chrome in this browser wants to act for you. You can sign it out whenever you like.",
  authorize_companion_text:
    "Linecard's companion on this computer wants to act for you. You can sign it out whenever you like.",
  as: "Signed in as {{name}}, extension {{extension}}",
  may: "It may",
  may_dial: "place calls from your extension",
  may_pop: "open pages of your callers, and say who calls",
  may_not: "It may nothing else: it sees no other calls and changes no settings.",
  allow: "Allow",
  deny: "Deny",
  no_extension: "Your account has no extension, so there is nothing to call from.",
  no_extension_text: "Ask an administrator to give you one, then sign in from the device anew.",
} as const;
