// The names of the CRMs for people, where only their kind is known.
const NAMES: Readonly<Record<string, string>> = {
  salesforce: "Salesforce",
  zoho: "Zoho CRM",
  bitrix24: "Bitrix24",
  hubspot: "HubSpot",
};

export function crmName(kind: string | null): string | null {
  return kind === null ? null : (NAMES[kind] ?? kind);
}
