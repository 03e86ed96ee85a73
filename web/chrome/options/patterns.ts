// Chrome's patterns of addresses, and what people call them.

export const EVERY_SITE = ["http://*/*", "https://*/*"];

/** Where the makers of the CRMs host them. A CRM of one's own is allowed by its address. */
export const CRMS = [
  "https://*.lightning.force.com/*",
  "https://*.my.salesforce.com/*",
  "https://*.zoho.com/*",
  "https://*.zoho.eu/*",
  "https://*.zoho.in/*",
  "https://*.zoho.com.cn/*",
  "https://*.zoho.com.au/*",
  "https://*.zoho.jp/*",
  "https://*.bitrix24.com/*",
  "https://*.bitrix24.cn/*",
  "https://*.bitrix24.de/*",
  "https://*.bitrix24.eu/*",
  "https://*.bitrix24.in/*",
  "https://*.hubspot.com/*",
  "https://*.odoo.com/*",
];

/**
 * What to ask Chrome for when somebody writes a site's address, with or without what stands before and
 * behind the host. A port does not count: Chrome's patterns without one mean every port. Empty when it
 * is no address.
 */
export function patternsOf(written: string): string[] {
  const trimmed = written.trim();
  const [scheme] = trimmed.match(/^https?:(?=\/\/)/i) ?? [];
  const address = scheme ? trimmed : `https://${trimmed}`;
  if (/\s/.test(trimmed) || !URL.canParse(address)) return [];
  const { protocol, hostname } = new URL(address);
  if (!hostname || hostname.includes("*")) return [];
  const schemes = scheme ? [protocol] : ["http:", "https:"];
  return schemes.map((it) => `${it}//${hostname}/*`);
}

/** `https://*.zoho.com/*` -> `*.zoho.com`; `null` for every site. */
export function siteIn(pattern: string): string | null {
  const [, host = ""] = pattern.match(/^(?:\*|https?):\/\/([^/]*)\//) ?? [];
  return host === "*" || host === "" ? null : host;
}
