// What to click in each CRM, and what Linecard asks each of them for.
export const crmGuides = {
  title: "Step by step",
  salesforce: {
    app: "In Salesforce, open Setup > Platform Tools > Apps > App Manager and click New External Client App.",
    name: "Give it a name, such as Linecard, and your e-mail address. Leave the distribution state as it is.",
    oauth: "Tick Enable OAuth and paste this callback URL:",
    scopes: "Add these OAuth scopes:",
    pkce: "You may leave “Require Proof Key for Code Exchange (PKCE)” ticked: Linecard always uses it.",
    policy: "Click Create. Under Policies, permitted users must be “All users may self-authorize”.",
    keys: "Open Settings > OAuth Settings > Consumer Key and Secret, and copy both into the form here.",
    connected_app:
      "A connected app that you already have works the same way: open it in App Manager, add the callback URL, and find key and secret under Manage Consumer Details.",
    finish: "Click Save and authorize, sign in as an administrator and click Allow.",
  },
  zoho: {
    console:
      "Open Zoho's API console (api-console.zoho.com; the ending is your data centre's), click Get started or Add client, and choose Server-based Applications.",
    home: "Give it a name, such as Linecard, and paste this homepage URL:",
    redirect: "Paste this authorized redirect URI:",
    create: "Click Create. Copy the client ID and the client secret into the form here.",
    place: "Choose your data centre in the form. It fills both addresses.",
    finish: "Click Save and authorize, sign in as a Zoho CRM administrator and click Accept.",
  },
  bitrix24: {
    open: "Sign in to Bitrix24 as an administrator and open Applications > Developer resources.",
    webhook: "On the tab Common use cases, click Other and then Inbound webhook.",
    scopes:
      "Give it a name. Under Assign permissions choose Users (user) and CRM (crm). Nothing else is needed.",
    save: "Click Save and copy the address under “Webhook to call REST API”.",
    paste: "Paste it into the form here, with the address by which your people open Bitrix24.",
    dialling:
      "So that a click on a number calls through Linecard: open CRM > Settings > CRM settings > Other > Other settings > Format. Set the callto link format to Custom, and empty both the URL template and the click handler.",
    finish: "Click Save and connect.",
  },
  hubspot: {
    open: "Sign in to HubSpot as a super admin and open Development > Keys > Service keys.",
    create: "Click Create service key and give it a name, such as Linecard.",
    scopes: "Add these scopes:",
    copy: "Click Create, show the key and copy it into the form here.",
    app: "The token of a private app that you already have works the same way, if it has these scopes.",
    finish: "Click Save and connect.",
  },
  hubspot_oauth: {
    open: "In HubSpot, create a project app for your own account and open its Auth settings.",
    redirect: "Paste this redirect URL:",
    scopes: "Ask for these scopes:",
    keys: "Copy the client ID and the client secret into the form here.",
    finish: "Click Save and authorize, choose your account and click Connect app.",
  },
} as const;

/** By the CRM's own word for the right, with `_` for every other character. */
export const crmScopes = {
  title: "What Linecard asks for",
  state: { given: "Given", missing: "Missing", unknown: "Not tried yet" },
  missing_do:
    "Give this right to Linecard's app in {{name}} as the steps on this page say, and then connect again.",
  salesforce: {
    why: "Only these two rights. “Full access” and “web” are not needed.",
    api: "Look up callers and write calls through the API (api)",
    refresh_token: "Stay connected while nobody is signed in (refresh_token, offline_access)",
    openid: "Know which organisation and user gave consent (openid)",
    id: "Know which organisation and user gave consent (id)",
  },
  zoho: {
    why: "No right covers more than the modules that calls concern.",
    ZohoCRM_modules_contacts_READ: "Look up contacts",
    ZohoCRM_modules_contacts_CREATE: "Create contacts",
    ZohoCRM_modules_contacts_DELETE: "Take created contacts back",
    ZohoCRM_modules_leads_READ: "Look up leads",
    ZohoCRM_modules_leads_CREATE: "Create leads",
    ZohoCRM_modules_leads_DELETE: "Take created leads back",
    ZohoCRM_modules_accounts_READ: "Look up companies",
    ZohoCRM_modules_calls_ALL: "Write calls",
    ZohoCRM_modules_tasks_ALL: "Add follow-up tasks",
    ZohoCRM_users_READ: "See who uses the CRM",
    ZohoCRM_org_READ: "Know which organisation this is",
    ZohoCRM_settings_fields_READ: "Know which fields are required",
    ZohoCRM_settings_modules_READ: "Know which modules there are",
    ZohoCRM_coql_READ: "Find many records with one request",
    ZohoSearch_securesearch_READ: "Search by phone number",
  },
  bitrix24: {
    why: "These two rights suffice for everything here.",
    user: "See who uses the CRM (user)",
    crm: "Look up callers, create contacts and leads, and write calls (crm)",
  },
  hubspot: {
    why: "Calls are written with the rights on contacts: HubSpot has none of their own.",
    oauth: "Sign in (oauth)",
    crm_objects_contacts_read: "Look up contacts",
    crm_objects_contacts_write: "Create contacts and write calls",
    crm_objects_companies_read: "Look up companies",
    crm_objects_owners_read: "See who uses the CRM",
    crm_objects_leads_read: "Look up leads",
  },
} as const;
