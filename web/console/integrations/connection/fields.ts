// Which fields a CRM's form shows, what a choice fills in, and how consent is given then.
import type { CrmConnection, CrmField, CrmSignIn } from "@/api/types";

export type Values = Readonly<Record<string, string>>;

/** Fields that only one way of connecting needs: by CRM and field, the way. */
const ONLY_FOR: Readonly<Record<string, Values>> = {
  hubspot: { service_key: "service_key", client_id: "oauth", client_secret: "oauth" },
};

/** Zoho's data centres: the accounts server, and where people open Zoho CRM (Zoho's own list). */
const DATA_CENTRES: Readonly<Record<string, readonly [accounts: string, crm: string]>> = {
  us: ["https://accounts.zoho.com", "https://crm.zoho.com"],
  eu: ["https://accounts.zoho.eu", "https://crm.zoho.eu"],
  in: ["https://accounts.zoho.in", "https://crm.zoho.in"],
  au: ["https://accounts.zoho.com.au", "https://crm.zoho.com.au"],
  jp: ["https://accounts.zoho.jp", "https://crm.zoho.jp"],
  cn: ["https://accounts.zoho.com.cn", "https://crm.zoho.com.cn"],
  ca: ["https://accounts.zohocloud.ca", "https://crm.zohocloud.ca"],
  sa: ["https://accounts.zoho.sa", "https://crm.zoho.sa"],
  uk: ["https://accounts.zoho.uk", "https://crm.zoho.uk"],
};

/** The fields to show with what is chosen in the form. */
export function shownFields(connection: CrmConnection, settings: Values): CrmField[] {
  const only = ONLY_FOR[connection.kind] ?? {};
  const way = settings.way;
  return connection.fields.filter(({ name }) => {
    const wanted = only[name];
    return wanted === undefined || way === undefined || wanted === way;
  });
}

/** Whether a field that is shown has to be filled in: what only one way needs, it needs. */
export function mustFillIn(connection: CrmConnection, field: CrmField): boolean {
  const hasWays = connection.fields.some(({ name }) => name === "way");
  return (
    field.default === null || (hasWays && ONLY_FOR[connection.kind]?.[field.name] !== undefined)
  );
}

/** How consent is given with what is chosen in the form. */
export function signInWith(connection: CrmConnection, settings: Values): CrmSignIn {
  for (const { name, choices } of connection.fields) {
    const decides = new Set(choices.map(({ sign_in }) => sign_in)).size > 1;
    const chosen = choices.find(({ value }) => value === settings[name]);
    if (decides && chosen) return chosen.sign_in;
  }
  return connection.sign_in;
}

/** What else changes when `value` is chosen for `name`: a data centre has addresses of its own. */
export function followsFrom(connection: CrmConnection, name: string, value: string): Values {
  const addresses = name === "data_centre" ? DATA_CENTRES[value] : undefined;
  if (connection.kind !== "zoho" || !addresses) return {};
  return { accounts_url: addresses[0], crm_url: addresses[1] };
}
