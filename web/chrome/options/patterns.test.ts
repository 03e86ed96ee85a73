// What people write into the field for a site, and what Chrome is asked for.
import { expect, it } from "vitest";
import { patternsOf, siteIn } from "./patterns";

it.each([
  ["crm.example.com", ["http://crm.example.com/*", "https://crm.example.com/*"]],
  [" https://crm.example.com/contacts/7?a=b ", ["https://crm.example.com/*"]],
  ["http://10.0.0.7:8069/web", ["http://10.0.0.7/*"]],
  ["HTTPS://CRM.Example.COM", ["https://crm.example.com/*"]],
  ["crm.example.com:8443", ["http://crm.example.com/*", "https://crm.example.com/*"]],
  ["", []],
  ["my crm", []],
  ["*.example.com", []],
  ["javascript:alert(1)", []],
])("%j asks for %j", (written, patterns) => {
  expect(patternsOf(written)).toEqual(patterns);
});

it.each([
  ["https://*.zoho.com/*", "*.zoho.com"],
  ["http://10.0.0.7/*", "10.0.0.7"],
  ["https://*/*", null],
  ["<all_urls>", null],
])("%s is shown as %s", (pattern, site) => {
  expect(siteIn(pattern)).toBe(site);
});
