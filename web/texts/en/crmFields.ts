// What each CRM asks the admin to fill in: labels, hints, and the words of choices.
export const crmFields = {
  salesforce: {
    login_url: "Sign-in address",
    login_url_hint:
      "https://login.salesforce.com, or your My Domain: https://example.my.salesforce.com",
    client_id: "Consumer key",
    client_secret: "Consumer secret",
  },
  zoho: {
    data_centre: "Data centre",
    data_centre_hint: "Where your company signed up: the ending of your Zoho CRM's address.",
    accounts_url: "Accounts server",
    accounts_url_hint: "Filled in by the data centre. Change it only if Zoho gave you another.",
    crm_url: "Zoho CRM address",
    crm_url_hint: "Where your people open Zoho CRM.",
    client_id: "Client ID",
    client_secret: "Client secret",
    other_client_secret: "Client secret of the other data centre",
    other_client_secret_hint:
      "Only if your company's data centre is another than the client's and Zoho shows a secret of its own for it.",
    deep_search: "Search numbers however they were typed",
    deep_search_hint: "Needs the right COQL. Off: numbers are searched by their usual spellings.",
    workflows: "Start Zoho's workflows",
    workflows_hint: "For calls and records that Linecard writes.",
  },
  bitrix24: {
    webhook_url: "Inbound webhook URL",
    webhook_url_hint:
      "Whoever has this address can read and change your CRM: it is kept like a password and never shown again.",
    portal_url: "Your Bitrix24 address",
    portal_url_hint: "Such as https://example.bitrix24.com. Empty: taken from the webhook.",
  },
  hubspot: {
    way: "How to connect",
    service_key: "Service key",
    service_key_hint: "A service key, or the token of a private app that you already have.",
    client_id: "Client ID",
    client_secret: "Client secret",
    api_url: "HubSpot's API",
    app_url: "HubSpot's consent page",
  },
  choices: {
    us: "United States (.com)",
    eu: "Europe (.eu)",
    in: "India (.in)",
    au: "Australia (.com.au)",
    jp: "Japan (.jp)",
    cn: "Mainland China (.com.cn)",
    ca: "Canada (zohocloud.ca)",
    sa: "Saudi Arabia (.sa)",
    uk: "United Kingdom (.uk)",
    service_key: "With a service key (simplest)",
    oauth: "With an app and its consent page (OAuth)",
  },
} as const;
