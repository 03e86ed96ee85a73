// The pieces of extensions.conf that ask Linecard whose caller it is, as docs/asterisk.md has them.

/** Asks over FastAGI, on the phone system's own machine. */
export function agiDialPlan(fallback: string): string {
  return [
    `exten => _X.,1,Set(LINECARD_OWNER=${fallback})`,
    ` same => n,AGI(agi://127.0.0.1:4573/owner?default=${fallback})`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dial plan
    " same => n,Dial(PJSIP/${LINECARD_OWNER},20)",
    " same => n,Hangup()",
  ].join("\n");
}

/** Asks over HTTP at `home`, showing `token`. */
export function httpDialPlan(fallback: string, home: string, token: string): string {
  const asked = `${home}/api/v1/route?caller=\${URIENCODE(\${CALLERID(num)})}`;
  return [
    "exten => _X.,1,Set(CURLOPT(conntimeout)=1)",
    " same => n,Set(CURLOPT(httptimeout)=1)",
    ` same => n,Set(CURLOPT(httpheader)=Authorization: Bearer ${token})`,
    ` same => n,Set(LINECARD_OWNER=\${CURL(${asked})})`,
    ` same => n,ExecIf($["\${LINECARD_OWNER}" = ""]?Set(LINECARD_OWNER=${fallback}))`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dial plan
    " same => n,Dial(PJSIP/${LINECARD_OWNER},20)",
    " same => n,Hangup()",
  ].join("\n");
}

/** What may stand for an extension in the dial plan; anything else would be part of it. */
export function isExtension(text: string): boolean {
  return /^\d{2,10}$/.test(text);
}
