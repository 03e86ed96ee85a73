// What the pages are shown with when they are looked at: ordinary, long and hostile data.
const now = Date.now();
const ago = (minutes) => new Date(now - minutes * 60_000).toISOString();
const LONG =
  "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst, Chief Procurement Officer";

export const admin = {
  account: {
    id: "a1",
    email: "dana@acme.example",
    name: "Dana Wu",
    role: "admin",
    extension: "101",
    language: null,
    disabled: null,
    last_sign_in: ago(3),
    second_factor: true,
    invitation: { state: "accepted", link_until: null, mail: null },
    version: 1,
  },
  simulation: true,
  must_enrol: false,
};

const accounts = [
  admin.account,
  {
    ...admin.account,
    id: "a2",
    name: "李雷",
    email: "li.lei@acme.example",
    role: "supervisor",
    extension: null,
    last_sign_in: ago(4000),
    second_factor: false,
  },
  {
    ...admin.account,
    id: "a3",
    name: LONG,
    email: "someone.with.a.long.address@subsidiary.acme.example",
    role: "agent",
    extension: "104",
    last_sign_in: null,
    second_factor: false,
    invitation: {
      state: "not_sent",
      link_until: null,
      mail: {
        state: "failed",
        sent: null,
        due: null,
        problem: "refused",
        words: "550 5.1.1 No such user here",
      },
    },
  },
  {
    ...admin.account,
    id: "a4",
    name: "Leo Ball",
    email: "leo@acme.example",
    role: "agent",
    extension: "103",
    disabled: ago(9000),
    second_factor: false,
  },
];

const key = {
  id: "k1",
  name: "Wallboard",
  role: "supervisor",
  account_id: "a1",
  ending: "9f3e",
  created: ago(40_000),
  last_used: ago(2),
};

/** Squares here and there, as large as a real one. */
const squares = Array.from({ length: 900 }, (_, at) => at)
  .filter((at) => (at * 7919) % 13 < 6)
  .map((at) => `M${4 + (at % 30)},${4 + Math.floor(at / 30)}h1v1h-1z`)
  .join("");

const changedMeanwhile = {
  status: 409,
  body: {
    status: 409,
    code: "changed_meanwhile",
    fields: [],
    words: null,
    changed: { by: "李雷", at: ago(2) },
  },
};

const link = (state, problem = null) => ({
  state,
  version: state === "up" ? "Asterisk 22.10.1" : null,
  problem,
  notices: [],
  since: ago(95),
});

const asterisk = {
  id: "p1",
  kind: "asterisk",
  name: "Head office",
  settings: {
    host: "127.0.0.1",
    port: "5038",
    username: "linecard",
    own: "PJSIP/1\\d\\d",
    trunk: "PJSIP/trunk.*",
    endpoints: "PJSIP/101-web=101\nPJSIP/door=ignore",
    presentation: "",
  },
  secrets: { secret: "set" },
  link: link("up"),
  abilities: { answer: false, hang_up: true, dial: true, pick_up: true, simulation: false },
  version: 3,
};

const demo = {
  ...asterisk,
  id: "p2",
  kind: "demo",
  name: "Demo",
  settings: {},
  secrets: {},
  link: { ...link("up"), version: null },
  abilities: { answer: true, hang_up: true, dial: true, simulation: true },
};

const people = ["Philli Huff", "David Harris", "李雷", "Leo Ball", LONG];
const extensions = people.map((name, index) => ({
  number: String(101 + index),
  name,
  email: index === 3 ? "" : `${["philli", "david", "lilei", "leo", "max"][index]}@example.com`,
  devices:
    index === 0 ? ["PJSIP/101", "PJSIP/101-web"] : index === 3 ? [] : [`PJSIP/${101 + index}`],
  account_id: index < 2 ? `a${index}` : null,
  on_duty: index === 0,
}));

const endpoint = (name, owner, more) => ({
  endpoint: name,
  owner,
  extension: null,
  name: null,
  ...more,
});

const endpoints = [
  ...people.map((name, index) =>
    endpoint(`PJSIP/${101 + index}`, "extension", { extension: String(101 + index), name }),
  ),
  endpoint("PJSIP/101-web", "extension", { extension: "101", name: people[0] }),
  endpoint("PJSIP/trunk-amsterdam", "trunk"),
  endpoint("PJSIP/alice", "unassigned", { name: "Alice Adams" }),
  endpoint("PJSIP/reception-desk-on-the-ground-floor-next-to-the-lifts", "unassigned"),
  endpoint("PJSIP/door", "ignored"),
];

const importPreview = {
  lines: [
    {
      line: 2,
      number: "101",
      name: "Philli Huff",
      email: "philli@example.com",
      change: "unchanged",
    },
    { line: 3, number: "104", name: "Leo Ball", email: "leo@example.com", change: "changed" },
    { line: 4, number: "106", name: "韩梅梅", email: "hanmeimei@example.com", change: "added" },
    {
      line: 5,
      number: "107",
      name: LONG,
      email: "maximiliane-theodora@example.com",
      change: "added",
    },
  ],
  left_out: [
    { line: 6, code: "not_an_extension", detail: "no extension" },
    { line: 9, code: "twice", detail: "101 stands in an earlier line" },
  ],
};

const connection = {
  kind: "salesforce",
  name: "Salesforce",
  status: "connected",
  problem: null,
  settings: { login_url: "https://acme.my.salesforce.com", client_id: "3MVG9ux34lgEnACal2rspq5" },
  secrets: { client_secret: "set" },
  fields: [
    { name: "login_url", kind: "url", default: "https://login.salesforce.com", choices: [] },
    { name: "client_id", kind: "text", default: null, choices: [] },
    { name: "client_secret", kind: "secret", default: null, choices: [] },
  ],
  sign_in: "consent",
  usage: { used: 4_210, limit: 15_000, told: ago(3), resets: null },
  scopes: ["api", "refresh_token"],
  home_address: "https://linecard.acme.example",
  redirect_uri: "https://linecard.acme.example/integration/callback/api/crm/salesforce/",
  organisation: "00D5g000004Xyz",
  user: "dana@acme.example",
  waiting: 2,
  parked: 1,
  last_authorization: { ok: true, at: ago(300) },
  version: 4,
};

const unjoined = {
  ...connection,
  status: "not_connected",
  settings: {},
  secrets: {},
  organisation: null,
  user: null,
  usage: null,
  waiting: 0,
  parked: 0,
  last_authorization: null,
  version: null,
};

const asked = (name, kind, at_first = null, choices = []) => ({
  name,
  kind,
  default: at_first,
  choices,
});

const words = (sign_in, ...values) => values.map((value) => ({ value, sign_in }));

const zoho = {
  ...unjoined,
  kind: "zoho",
  name: "Zoho CRM",
  settings: {
    data_centre: "us",
    accounts_url: "https://accounts.zoho.com",
    crm_url: "https://crm.zoho.com",
    client_id: "",
    deep_search: "on",
    workflows: "off",
  },
  fields: [
    asked(
      "data_centre",
      "choice",
      "us",
      words("consent", "us", "eu", "in", "au", "jp", "cn", "ca", "sa", "uk"),
    ),
    asked("accounts_url", "url", ""),
    asked("crm_url", "url", ""),
    asked("client_id", "text"),
    asked("client_secret", "secret"),
    asked("other_client_secret", "secret", ""),
    asked("deep_search", "choice", "on", words("consent", "on", "off")),
    asked("workflows", "choice", "off", words("consent", "on", "off")),
  ],
  scopes: [
    "ZohoCRM.modules.contacts.READ",
    "ZohoCRM.modules.contacts.CREATE",
    "ZohoCRM.modules.leads.READ",
    "ZohoCRM.modules.leads.CREATE",
    "ZohoCRM.modules.accounts.READ",
    "ZohoCRM.modules.calls.ALL",
    "ZohoCRM.users.READ",
    "ZohoCRM.org.READ",
    "ZohoSearch.securesearch.READ",
  ],
  redirect_uri: "https://linecard.acme.example/integration/callback/api/crm/zoho/",
};

const bitrix24 = {
  ...unjoined,
  kind: "bitrix24",
  name: "Bitrix24",
  settings: { portal_url: "" },
  fields: [asked("webhook_url", "secret"), asked("portal_url", "url", "")],
  scopes: ["user", "crm"],
  sign_in: "settings",
  redirect_uri: "https://linecard.acme.example/integration/callback/api/crm/bitrix24/",
};

const hubspot = {
  ...unjoined,
  kind: "hubspot",
  name: "HubSpot",
  settings: { way: "service_key", client_id: "" },
  fields: [
    asked("way", "choice", "service_key", [
      ...words("settings", "service_key"),
      ...words("consent", "oauth"),
    ]),
    asked("service_key", "secret", ""),
    asked("client_id", "text", ""),
    asked("client_secret", "secret", ""),
  ],
  scopes: [
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.owners.read",
  ],
  sign_in: "settings",
  redirect_uri: "https://linecard.acme.example/integration/callback/api/crm/hubspot/",
};

const allowed = (ability) => ({ ability, allowed: true, code: null, words: null });

const probe = {
  at: ago(12),
  organisation_name: "Acme Ltd",
  edition: "Enterprise Edition",
  checks: [
    allowed("list_users"),
    allowed("search"),
    allowed("read_contacts"),
    {
      ability: "read_leads",
      allowed: false,
      code: "crm_permission",
      words: "sObject type 'Lead' is not supported. If you are attempting to use a custom object",
    },
    allowed("read_accounts"),
    allowed("log_calls"),
    allowed("create_contacts"),
    { ability: "create_leads", allowed: false, code: "crm_permission", words: "" },
  ],
};

const creation = {
  on: true,
  manner: "automatic",
  calls: "both",
  kind: "contact",
  when: "talked",
  talked_seconds: 30,
  first_name: "Automatic New Contact",
  last_name: "-{{Number}}",
  company: "[not provided]",
  version: 2,
};

const followUp = {
  on: true,
  to: "contact_owner",
  default_user: "0052",
  due_days: 1,
  subject: "Call back {{Call_From}}",
  description: "Call: {{Time}} {{Call_Log_Status}} from {{Call_From}} to {{Call_To}}",
  version: 1,
};

const journal = {
  on: true,
  subject: "Extension Call",
  description:
    "Call: {{Time}} {{Call_Log_Status}} from {{Call_From}} to {{Call_To}} {{Talk_Duration}}",
  answering_agent_only: false,
  types: { incoming: true, outgoing: true, missed: true },
  when: "always",
  version: 0,
};

const created = {
  records: [
    ["created", "Automatic New Contact -5503301", null],
    ["matched", LONG, null],
    ["failed", "Automatic New Contact -5503303", "REQUIRED_FIELD_MISSING: Industry__c"],
    ["removed", "Automatic New Contact -5503304", null],
  ].map(([state, name, words], index) => ({
    id: `n${index}`,
    at: ago(index * 200),
    state,
    module: "contact",
    name,
    number: `+1415550330${index + 1}`,
    extension: "101",
    by_hand: index === 1,
    page: "https://acme.my.salesforce.com/0039",
    words,
  })),
  next: null,
};

const phonebook = {
  on: true,
  modules: ["contact", "lead"],
  scope: "all",
  always_query: true,
  phonebook: { id: "b1", name: "Salesforce_CRM_Synchronization" },
  empty: [{ id: "b2", name: "Suppliers" }],
  contacts: 41_230,
  skipped: 2,
  skipped_records: [
    { name: "", reason: "no_name", page: "https://acme.my.salesforce.com/0037" },
    { name: LONG, reason: "no_number", page: "https://acme.my.salesforce.com/0038" },
  ],
  progress: [
    {
      module: "contact",
      done: 41_000,
      total: 100_000,
      complete: false,
      edits: null,
      deletions: null,
      problem: null,
    },
    {
      module: "lead",
      done: 230,
      total: 230,
      complete: true,
      edits: ago(4),
      deletions: ago(20),
      problem: null,
    },
  ],
  running: true,
  next: ago(-4),
  problem: null,
  version: 3,
};

const job = (id, more) => ({
  id,
  kind: "log",
  crm: "salesforce",
  state: "parked",
  attempts: 3,
  next_attempt: null,
  words: "REQUIRED_FIELD_MISSING: Required fields are missing: [Industry__c]: Industry__c",
  created: ago(70),
  extension: "101",
  who_name: "Eve Adams",
  description: "Call: 21/11/2026 10:12:44 Incoming Call from Eve Adams<+14155550134>",
  ...more,
});

const outbox = {
  jobs: [
    job("j1"),
    job("j2", { kind: "amend", crm: "bitrix24", who_name: LONG, state: "waiting_for_person" }),
    job("j3", { kind: "follow_up", crm: "hubspot", state: "waiting", next_attempt: ago(-2) }),
  ],
  next: null,
};

const match = (id, name, module) => ({
  connection: "s1",
  crm: "Salesforce",
  module,
  id,
  name,
  company: "Acme Ltd",
  page: "https://acme.my.salesforce.com/0031",
  chosen: false,
});

const terms = {
  mode: "pilot",
  pilot: ["101", "103"],
  modules: ["contact", "lead", "account"],
  tie_break: "last_activity",
  sight: "name_only",
  version: 2,
};

const preview = {
  calls: [
    {
      subject: "Extension Call",
      description:
        "Call: 20/12/2021 15:58:14 Incoming Call from Eve Adams<5503308> to John Smith<1050> 00:01:12",
    },
    {
      subject: "Extension Call",
      description:
        "Call: 20/12/2021 15:58:14 Missed Call from Eve Adams<5503308> to John Smith<1050>",
    },
  ],
};

const entry = (more) => ({
  key: "k",
  without: [],
  note: null,
  disposition: null,
  recording: null,
  late_written: true,
  crm: "salesforce",
  extension: "101",
  state: "written",
  who_name: "Eve Adams",
  page: "https://acme.my.salesforce.com/00T1",
  who_page: "https://acme.my.salesforce.com/0031",
  subject: "Extension Call",
  description:
    "Call: 21/11/2026 10:12:44 Incoming Call from Eve Adams<+14155550134> to Philli Huff<101> 00:01:12",
  ...more,
});

const leg = (extension, name, outcome, more) => ({
  extension,
  name,
  role: "agent",
  outcome,
  picked_up: false,
  forwarded: false,
  ring_ms: 0,
  talk_ms: 0,
  hold_ms: 0,
  holds: [],
  ...more,
});

const later = (at, ms) => new Date(Date.parse(at) + ms).toISOString();

const call = (id, more) => ({
  id,
  phone_system: "p1",
  direction: "inbound",
  outcome: "answered",
  state: "ended",
  from: "+1 415-555-0134",
  from_name: null,
  to: "101",
  did: "+1 212-555-0100",
  queue: null,
  started: ago(12),
  answered: ago(12),
  ended: ago(10),
  wait_ms: 6_000,
  talk_ms: 72_000,
  hold_ms: 0,
  estimated: false,
  agent: "101",
  legs: [
    {
      extension: "101",
      name: "Philli Huff",
      role: "agent",
      outcome: "answered",
      started: ago(12),
      answered: later(ago(12), 6_000),
      talked_until: later(ago(12), 78_000),
      ring_ms: 6_000,
      talk_ms: 72_000,
      hold_ms: 0,
      holds: [],
    },
    {
      extension: "102",
      name: "David Harris",
      role: "agent",
      outcome: "elsewhere",
      started: ago(12),
      answered: null,
      talked_until: null,
      ring_ms: 6_000,
      talk_ms: 0,
      hold_ms: 0,
      holds: [],
    },
  ],
  entries: [entry({})],
  ...more,
});

const calls = [
  call("c0", {
    state: "ringing",
    outcome: null,
    ended: null,
    started: ago(0),
    talk_ms: null,
    entries: [],
    from: "+86 138 0013 8000",
    queue: "Support",
  }),
  call("c1", {
    entries: [
      entry({
        note: "Wants the new price list.\nCalls back on Monday.",
        disposition: "Call back",
        late_written: false,
        without: [{ what: "owner", words: "INACTIVE_OWNER_OR_USER: inactive user" }],
      }),
    ],
  }),
  call("c2", {
    outcome: "missed",
    started: ago(34),
    talk_ms: null,
    from: "+49 30 901820",
    entries: [
      entry({ state: "skipped", reason: "nobody", who_name: null, page: null, description: null }),
    ],
  }),
  call("c3", {
    direction: "outbound",
    started: ago(51),
    to: "+1 650-555-0188",
    agent: "105",
    legs: [
      {
        extension: "105",
        name: LONG,
        role: "caller",
        outcome: "answered",
        started: ago(51),
        answered: later(ago(51), 9_000),
        talked_until: later(ago(51), 3_734_000),
        ring_ms: 9_000,
        talk_ms: 3_725_000,
        hold_ms: 20_000,
        holds: [],
      },
    ],
    talk_ms: 3_725_000,
    entries: [
      entry({
        state: "parked",
        extension: "105",
        who_name: LONG,
        words:
          "INACTIVE_OWNER_OR_USER: operation performed with inactive user [0055g] as owner of task",
        page: null,
      }),
    ],
  }),
  call("c4", {
    from: null,
    started: ago(90),
    outcome: "missed",
    talk_ms: null,
    entries: [
      entry({
        state: "skipped",
        reason: "withheld",
        who_name: null,
        page: null,
        description: null,
      }),
    ],
  }),
  call("c5", {
    started: ago(1700),
    entries: [
      entry({
        state: "skipped",
        reason: "not_bound",
        extension: "104",
        page: null,
        description: null,
      }),
    ],
  }),
  call("c6", {
    started: ago(1800),
    entries: [
      entry({
        state: "waiting",
        words: "503 Service Unavailable",
        page: null,
        who_name: "<img src=x onerror=alert(1)>",
      }),
    ],
  }),
  call("c7", {
    direction: "internal",
    from: "101",
    to: "103",
    started: ago(1900),
    entries: [
      entry({
        state: "skipped",
        reason: "internal",
        who_name: null,
        page: null,
        description: null,
      }),
    ],
  }),
  call("c8", {
    started: ago(2000),
    queue: "Support",
    wait_ms: 11_000,
    talk_ms: 245_000,
    hold_ms: 21_000,
    agent: "103",
    legs: [
      leg("104", "王小明", "elsewhere", { forwarded: true, ring_ms: 2_000 }),
      leg("105", LONG, "missed", { ring_ms: 6_000 }),
      leg("101", "Philli Huff", "transferred", {
        picked_up: true,
        talk_ms: 84_000,
        hold_ms: 21_000,
        holds: [],
      }),
      leg("102", "David Harris", "declined", { ring_ms: 3_000 }),
      leg("103", "李雷", "answered", { ring_ms: 4_000, talk_ms: 161_000 }),
    ],
    entries: [entry({}), entry({ extension: "103" })],
  }),
];

const users = {
  users: people.map((name, index) => ({
    id: `005${index}`,
    name,
    email: extensions[index].email || "leo@example.com",
    extensions: index < 2 ? [String(101 + index)] : [],
    groups: index === 0 ? ["g1"] : [],
  })),
  fetched_at: ago(300),
};

const noProblem = {
  crm: null,
  link: null,
  trouble: null,
  home: null,
  amount: null,
  since: null,
  words: null,
};

const health = {
  phone_systems: [asterisk, demo].map(({ id, kind, name, link }) => ({ id, kind, name, link })),
  connections: [
    {
      kind: "salesforce",
      name: "Salesforce",
      status: "connected",
      waiting: 2,
      parked: 1,
      oldest_waiting: ago(14),
      usage: { used: 14_520, limit: 100_000, told: ago(1), resets: ago(-600) },
    },
    {
      kind: "zoho",
      name: "Zoho CRM",
      status: "needs_attention",
      waiting: 0,
      parked: 0,
      oldest_waiting: null,
      usage: null,
    },
  ],
  calls: 3,
  agents_on_duty: 12,
  unreachable_agents: people.map((name, index) => ({
    extension: String(101 + index),
    name,
    why: ["signed_out", "on_break", "off_duty", "not_invited"][index % 4],
  })),
  database: { place: "/var/lib/linecard/linecard.db", took_ms: 2 },
  disk: { free: 12_400_000_000, total: 64_000_000_000 },
  certificate: {
    place: "192.168.1.5, linecard.example.com, pbx.lan",
    until: ago(-60 * 24 * 61),
    own_authority: true,
  },
  homes: [
    {
      address: "https://linecard.example.com/",
      at: ago(90),
      finding: "ends_soon",
      needs_person: true,
      certificate_until: ago(-60 * 24 * 9),
      words: null,
    },
  ],
  problems: [
    {
      ...noProblem,
      what: "home_address",
      needs_person: true,
      subject: "https://linecard.example.com/",
      home: "ends_soon",
    },
    {
      ...noProblem,
      what: "crm",
      needs_person: true,
      subject: "Zoho CRM",
      crm: "zoho",
      trouble: "sign_in",
      since: ago(200),
      words: `invalid_code: ${LONG}`,
    },
    {
      ...noProblem,
      what: "refused",
      needs_person: true,
      subject: "Salesforce",
      crm: "salesforce",
      amount: 1,
    },
    {
      ...noProblem,
      what: "certificate_refused",
      needs_person: true,
      subject: "/etc/linecard/cert.pem",
      since: ago(9),
      words: "the key in /etc/linecard/key.pem does not belong to the certificate",
    },
    {
      ...noProblem,
      what: "link",
      needs_person: false,
      subject: "Office",
      link: "lost",
      since: ago(3),
      words: "connection reset by peer",
    },
  ],
};

/** The answers of the API in a Linecard that is set up, by method and path. */
const webhook = {
  id: "w1",
  name: "Wallboard",
  url: "https://wallboard.example.com/hooks/linecard",
  events: ["call.answered", "call.ended", "call.ringing"],
  personal: true,
  enabled: true,
  disabled_reason: null,
  failing_since: null,
  waiting: 0,
  older_secret_until: null,
  created: "2026-05-01T07:25:37Z",
  version: 1,
};

const webhooks = [
  webhook,
  {
    ...webhook,
    id: "w2",
    name: "Data warehouse",
    url: "https://ingest.example.net/v2/tenants/4711/sources/phone-calls-of-the-whole-company",
    events: ["call.ended", "entry.failed"],
    personal: false,
    enabled: false,
    disabled_reason: "failing",
    failing_since: "2026-05-03T07:25:37Z",
    waiting: 128,
  },
];

const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

const delivery = {
  id: "d1",
  message: "msg_d1",
  event: "call.ended",
  state: "delivered",
  attempts: 1,
  next_attempt: null,
  tried: "2026-05-09T07:25:37Z",
  status: 200,
  words: null,
  duration_ms: 84,
  body: '{"type":"call.ended","timestamp":"2026-05-09T07:25:37Z","data":{"direction":"inbound"}}',
  created: "2026-05-09T07:25:37Z",
};

const deliveries = [
  delivery,
  {
    ...delivery,
    id: "d2",
    event: "call.ringing",
    state: "waiting",
    attempts: 3,
    next_attempt: "2026-05-09T09:25:37Z",
    status: 503,
    words: "upstream connect error or disconnect/reset before headers",
    duration_ms: 15_000,
  },
  {
    ...delivery,
    id: "d3",
    event: "webhook.test",
    state: "failed",
    status: null,
    words: "no route",
  },
];

const mailServer = {
  host: "smtp.example.com",
  port: 587,
  security: "start_tls",
  user: "linecard@example.com",
  has_password: true,
  sender: "linecard@example.com",
  sender_name: "Linecard",
  authority: null,
  version: 1,
};

const alertSettings = {
  recipients: ["ada@example.com", "phones@example.com"],
  language: "en",
  link_down_minutes: 5,
  crm_needs_person: true,
  entries_refused: true,
  quota_percent: 90,
  backlog_minutes: null,
  webhook_off: true,
  disk_scarce: true,
  certificate: true,
  version: 1,
};

const raisedAlerts = [
  {
    kind: "crm_needs_person",
    name: "Salesforce",
    page: "/integrations/crm/salesforce",
    amount: null,
    words: "expired access/refresh token",
    since: "2026-05-09T07:25:37Z",
    raised: "2026-05-09T07:25:37Z",
    mailed: true,
  },
];

const figureDays = Array.from({ length: 30 }, (_, at) =>
  new Date(Date.now() - (29 - at) * 86_400_000).toISOString().slice(0, 10),
);
const figureOf = (scale) =>
  figureDays
    .map((day, at) => {
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const inbound = weekend ? 0 : Math.round(scale * (9 + ((at * 7) % 5)));
      const missed = Math.round(inbound * (0.06 + (at % 4) * 0.03));
      const answered = inbound - missed;
      const outbound = weekend ? 0 : Math.round(scale * (4 + ((at * 3) % 4)));
      return {
        day,
        inbound,
        outbound,
        answered,
        missed,
        talk_ms: (answered + outbound) * 187_000,
        wait_ms: inbound * 21_300,
        waits: inbound,
      };
    })
    .filter(({ inbound }) => inbound > 0);
const figures = {
  time_zone: "America/New_York",
  days: figureDays,
  company: figureOf(22),
  agents: [
    { extension: "101", name: "Philli Huff", days: figureOf(3) },
    { extension: "102", name: "David Harris", days: figureOf(2.4) },
    { extension: "105", name: LONG, days: figureOf(1) },
    { extension: "107", name: null, days: figureOf(0.4) },
  ],
  queues: [
    { queue: "Sales", days: figureOf(9) },
    { queue: "Support", days: figureOf(6) },
  ],
};

const keeping = {
  days: {
    calls: 730,
    audit: null,
    webhook_deliveries: 7,
    dead_jobs: 90,
    imports: 90,
    version: 3,
  },
  held: [
    { kind: "calls", amount: 48_211, oldest: "2024-06-02T07:25:37Z" },
    { kind: "audit", amount: 1_204, oldest: "2024-05-30T09:12:04Z" },
    { kind: "webhook_deliveries", amount: 310, oldest: "2026-05-01T00:03:10Z" },
    { kind: "dead_jobs", amount: 1, oldest: "2026-04-20T14:00:00Z" },
    { kind: "imports", amount: 0, oldest: null },
  ],
};

const holdings = {
  number: "+14155550134",
  shown: "(415) 555-0134",
  own: false,
  places: [
    { place: "jobs", amount: 2, whole: 2 },
    { place: "calls", amount: 41, whole: 39 },
    { place: "entries", amount: 39, whole: 39 },
    { place: "notes", amount: 12, whole: 10 },
    { place: "contacts", amount: 1, whole: 1 },
    { place: "audit", amount: 7, whole: 0 },
    { place: "settings", amount: 1, whole: 0 },
  ],
};

export const good = {
  "GET /session": admin,
  "GET /set-up": { needed: false },
  "POST /numbers/read": {
    kind: "phone",
    rule: "area_code",
    known: true,
    own: false,
    e164: "+14155550134",
    shown: "(415) 555-0134",
    international: "+1 415-555-0134",
    rfc3966: "tel:+1-415-555-0134;ext=12",
    extension: "12",
    dialled: "4155550134",
  },
  "GET /organisation": {
    country: "US",
    time_zone: "America/New_York",
    extension_ranges: [{ from: "100", to: "199" }],
    home_addresses: ["https://linecard.acme.example", "http://127.0.0.1:8080"],
    number_habits: {
      area_code: "415",
      outside_prefix: "9",
      short_codes: ["1069010086"],
      trunks: [
        { name: "PJSIP/provider", country: "NL", plain: "national", strip: null, add: null },
        { name: "PJSIP/sip-world", country: null, plain: "international", strip: "00", add: null },
      ],
    },
    masks_numbers: true,
    denied_prefixes: ["+1900", "+870", "+881", "+882", "+883", "+979"],
    allowed_prefixes: [],
    exclusions: {
      own: ["+1212555*"],
      never_looked_up: [],
      never_logged: ["(415) 555-0100"],
      business_hours: [
        {
          days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
          from: "09:00:00",
          until: "17:30:00",
        },
      ],
    },
    version: 2,
  },
  "GET /phone-systems": [asterisk, demo],
  "GET /webhooks": { webhooks },
  "POST /webhooks": { secret: webhookSecret, webhook: webhooks[0] },
  "POST /webhooks/w1/test": deliveries[2],
  "GET /webhooks/w1/deliveries": { deliveries },
  "GET /mail": { server: mailServer },
  "POST /mail/test": {
    problem: { kind: "sign_in", words: "535 5.7.8 Authentication credentials invalid" },
  },
  "GET /alerts/settings": alertSettings,
  "GET /alerts": { alerts: raisedAlerts },
  "GET /duty-rules": {
    reasons: ["Lunch", "Meeting", "Training", "School run"],
    wrap_up_seconds: 30,
    version: 1,
  },
  "GET /keeping": keeping,
  "POST /number-data/find": holdings,
  "GET /routing-token": { created: "2026-05-01T07:25:37Z" },
  "POST /routing-token": { token: "0123456789abcdef".repeat(4) },
  "GET /phone-systems/p1/endpoints": endpoints,
  "POST /phone-systems/probe": { version: "Asterisk 22.10.1", problem: null },
  "GET /extensions": extensions,
  "POST /extensions/import": importPreview,
  "GET /accounts": accounts,
  "PUT /organisation": changedMeanwhile,
  "GET /sign-in-rules": { second_factor_for_admins: false, version: 0 },
  "GET /api-keys": [key, { ...key, id: "k2", name: "脚本", role: "admin", last_used: null }],
  "POST /api-keys": { key, secret: `lck_${"0123456789abcdef".repeat(4)}` },
  "GET /session/second-factor": {
    on: false,
    recovery_codes: 0,
    wanted_of_admins: true,
    password: true,
  },
  "POST /session/second-factor": {
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    address: "otpauth://totp/Linecard",
    picture: { size: 38, path: squares },
  },
  "POST /session/second-factor/confirm": {
    codes: Array.from({ length: 10 }, (_, at) => `ab${at}d-efgh-ijkl-mnop`),
  },
  "POST /accounts": {
    account: admin.account,
    sign_in_link: "https://linecard.acme.example/sign-in?token=wq8Jr0hUu2kq0Zy2d3u1xN7bq5",
  },
  "GET /crm": [
    { kind: "salesforce", name: "Salesforce", status: "connected", problem: null },
    {
      kind: "bitrix24",
      name: "Bitrix24",
      status: "needs_attention",
      problem: { what: "sign_in", words: "INVALID_CREDENTIALS", since: ago(50) },
    },
    { kind: "zoho", name: "Zoho CRM", status: "disabled", problem: null },
    { kind: "hubspot", name: "HubSpot", status: "not_connected", problem: null },
  ],
  "GET /crm/zoho": zoho,
  "GET /crm/bitrix24": bitrix24,
  "PUT /crm/bitrix24": bitrix24,
  "POST /crm/bitrix24/connect": {
    status: 502,
    body: {
      code: "crm_configuration",
      status: 502,
      words: "INVALID_CREDENTIALS: Invalid request credentials",
      fields: [],
    },
  },
  "GET /crm/hubspot": hubspot,
  "POST /crm/salesforce/probe": probe,
  "GET /crm/salesforce/creation": creation,
  "GET /crm/salesforce/terms": terms,
  "GET /crm/salesforce/created": created,
  "GET /crm/salesforce/phonebook": phonebook,
  "GET /outbox": outbox,
  "GET /entries/k/matches": [
    { ...match("0031", "Eve Adams", "contact"), chosen: true },
    match("00Q1", LONG, "lead"),
  ],
  "GET /crm/salesforce/follow-up": followUp,
  "POST /crm/salesforce/journal/preview": preview,
  "GET /crm/salesforce": { ...connection, probe },
  "PUT /crm/salesforce": connection,
  "POST /crm/salesforce/authorize": { url: "about:blank#consent" },
  "GET /crm/salesforce/users": users,
  "GET /crm/salesforce/journal": journal,
  "PUT /crm/salesforce/journal": { ...journal, version: 1 },
  "POST /crm/salesforce/bindings/auto": {
    proposed: [
      { crm_user: "0052", name: "李雷", email: "lilei@example.com", extension: "103" },
      { crm_user: "0054", name: LONG, email: "max@example.com", extension: "105" },
    ],
  },
  "GET /calls": { calls, next: "older" },
  "GET /calls/queues": ["Sales", "Support"],
  "GET /figures": figures,
  "POST /accounts/import": {
    people: [
      ["李雷", "li.lei@acme.example", "agent", "104"],
      [LONG, "someone.with.a.long.address@subsidiary.acme.example", "supervisor", null],
    ].map(([name, email, role, extension], index) => ({
      ...{ row: index + 2, name, email, role, extension, language: "en" },
    })),
    left_out: [
      { row: 4, code: "unknown_role", detail: "boss is no role." },
      { row: 9, code: "extension_taken", detail: "101 is somebody's already." },
    ],
    links: null,
  },
  "GET /audit": {
    entries: [
      ["Philli Huff", "101", "+14155550134", "answered"],
      ["Philli Huff", "101", "+882 16 5555 0134", "denied_number"],
      [LONG, "105", "+8613800138000", "own_phone_not_answered"],
      ["David Harris", "102", "101", null],
      [null, "104", "<img src=x onerror=alert(1)>", "not_a_number"],
    ].map(([account_name, extension, number, result], index) => ({
      id: `e${index}`,
      at: ago(index * 700),
      account: "a1",
      account_name,
      kind: "dial",
      phone_system: "p1",
      call: "lc-1",
      extension,
      number,
      address: index === 3 ? null : "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      result,
    })),
    next: "older",
  },
  "POST /desk/calls": {
    status: 422,
    body: {
      code: "invalid",
      status: 422,
      fields: [{ path: "/number", code: "denied_number" }],
    },
  },
  "GET /health": health,
  "GET /home-check": health.homes,
  "GET /pop-default": {
    web: { mode: "automatic", trigger: "ringing" },
    desktop: { mode: "manual", trigger: "ringing" },
    version: 1,
  },
  "GET /extensions/101/pops": {
    web: { mode: "automatic", trigger: "answered" },
    desktop: null,
    version: 1,
  },
  "GET /extension-groups": [
    { id: "g1", name: "Sales", extensions: ["101", "102"], version: 1 },
    { id: "g2", name: LONG, extensions: [], version: 1 },
  ],
  "GET /demo": {
    callers: [
      { name: "Eve Adams", number: "+14155550134" },
      { name: "李雷", number: "+8613800138000" },
    ],
    targets: [
      { kind: "extension", number: "101", name: "Philli Huff" },
      { kind: "extension", number: "102", name: "David Harris" },
      { kind: "group", number: "610", name: "Sales" },
      { kind: "queue", number: "600", name: "Support" },
    ],
    stand_ins: [
      {
        kind: "zoho",
        name: "Zoho CRM",
        page: "http://127.0.0.1:8082/",
        settings: [
          { name: "accounts_url", value: "http://127.0.0.1:8082" },
          { name: "client_id", value: "1000.STANDIN" },
          { name: "client_secret", value: "stand-in-secret" },
        ],
      },
      {
        kind: "bitrix24",
        name: "Bitrix24",
        page: "http://127.0.0.1:8083/",
        settings: [
          { name: "webhook_url", value: "http://127.0.0.1:8083/rest/1/standinsecret0001/" },
        ],
      },
    ],
    calls: [
      { call: "d1", from: "+14155550134", to: "101", state: "ringing", can_answer: false },
      { call: "d2", from: "102", to: "+8613800138000", state: "ringing", can_answer: true },
      { call: "d3", from: null, to: "600", state: "talking", can_answer: false },
    ],
  },
};

/** A Linecard just set up: nothing connected. */
export const fresh = {
  ...good,
  "GET /webhooks": { webhooks: [] },
  "GET /mail": { server: null },
  "GET /alerts": { alerts: [] },
  "GET /session": { ...admin, simulation: false, account: { ...admin.account, extension: null } },
  "GET /phone-systems": [],
  "GET /extensions": [],
  "GET /accounts": [{ ...admin.account, extension: null }],
  "GET /api-keys": [],
  "GET /crm": [{ kind: "salesforce", name: "Salesforce", status: "not_connected" }],
  "GET /crm/salesforce": {
    ...connection,
    status: "not_connected",
    settings: {},
    secrets: { client_secret: "unset" },
    home_address: null,
    redirect_uri: "https://linecard.acme.example/integration/callback/api/crm/salesforce/",
    organisation: null,
    user: null,
    waiting: 0,
    parked: 0,
    last_authorization: null,
    version: null,
  },
  "GET /calls": { calls: [], next: null },
  "GET /calls/queues": [],
  "GET /figures": { ...figures, company: [], agents: [], queues: [] },
  "GET /audit": { entries: [], next: null },
  "GET /health": {
    ...health,
    phone_systems: [],
    connections: [],
    calls: 0,
    agents_on_duty: 0,
    unreachable_agents: [],
    problems: [],
    homes: [],
  },
};

/** The CRM did not know the app. */
/** An admin whose organisation wants a second factor. */
export const mustEnrol = { ...good, "GET /session": { ...admin, must_enrol: true } };

/** Somebody who looks on. */
export const supervisor = {
  ...good,
  "GET /session": { ...admin, account: { ...admin.account, role: "supervisor" } },
};

export const consentFailed = {
  ...good,
  "GET /crm/salesforce": {
    ...connection,
    status: "not_connected",
    organisation: null,
    user: null,
    last_authorization: {
      ok: false,
      code: "crm_configuration",
      words: "invalid_client_id: client identifier invalid",
      at: ago(0),
    },
  },
};

/** Connected, and yet some calls are not seen. */
export const unseen = {
  ...good,
  "GET /phone-systems": [
    {
      ...asterisk,
      settings: { ...asterisk.settings, presentation: "PJSIP/trunk.*" },
      link: {
        ...link("up"),
        notices: [
          { kind: "unknown_endpoint", words: "PJSIP/alice, PJSIP/door (+3)" },
          { kind: "missing_right", words: "write = reporting" },
        ],
      },
    },
  ],
  "POST /phone-systems/probe": {
    version: null,
    problem: { kind: "wrong_secret", words: "Authentication failed" },
  },
};

/** Things are not well. */
export const ill = {
  ...good,
  "GET /phone-systems": [
    {
      ...asterisk,
      link: link("needs_person", { kind: "wrong_secret", words: "Authentication failed" }),
    },
  ],
  "GET /crm": [{ kind: "salesforce", name: "Salesforce", status: "needs_attention" }],
  "GET /crm/salesforce": {
    ...connection,
    status: "needs_attention",
    problem: {
      what: "sign_in",
      words: "invalid_grant: expired access/refresh token",
      since: ago(20),
    },
  },
  "GET /calls": {
    status: 503,
    body: { code: "server_failed", title: "Service Unavailable", status: 503 },
  },
};

export const signedOut = {
  ...good,
  "GET /session": {
    status: 401,
    body: { code: "not_signed_in", title: "Unauthorized", status: 401 },
  },
  "POST /session": {
    status: 401,
    body: { code: "wrong_password", title: "Unauthorized", status: 401 },
  },
};

export const firstRun = { ...signedOut, "GET /set-up": { needed: true } };

const card = (callId, more) => ({
  call: callId,
  direction: "inbound",
  state: "ringing",
  role: "agent",
  outcome: null,
  number: "+1 415-555-0134",
  name_from_phone: null,
  queue: null,
  did: null,
  started: ago(0.1),
  answered: null,
  ended: null,
  lookup: "found",
  crm: "Salesforce",
  contact: {
    name: "Eve Adams",
    company: "Acme Ltd",
    module: "contact",
    page: "https://acme.my.salesforce.com/0031",
  },
  others: 0,
  ...more,
});

const hello = (more) => ({
  t: "hello",
  extension: "101",
  name: "Philli Huff",
  duty: { state: "on", reason: null, since: null, until: null },
  breaks: ["Lunch", "Meeting", "Training"],
  link: "up",
  abilities: { answer: true, hang_up: true, dial: true, simulation: true },
  cards: [],
  dialling: [],
  ...more,
});

const dialling = { call: "lc-1", number: "+1 415-555-0134", name: "Eve Adams" };

const choice = (id, name, module, chosen = false) => ({
  connection: "s1",
  crm: "Salesforce",
  id,
  contact: { name, company: null, module, page: "https://acme.my.salesforce.com/0031" },
  chosen,
});

export const sockets = {
  dialling: [
    hello({
      dialling: [dialling],
      cards: [card("k8", { state: "ended", outcome: "missed", ended: ago(0) })],
    }),
    {
      ...dialling,
      t: "dial_failed",
      call: "lc-2",
      number: "+49 30 901820",
      name: LONG,
      code: "phone_system_refused",
      words: "Normal, unspecified (31)",
    },
    {
      ...dialling,
      t: "dial_failed",
      call: "lc-3",
      name: null,
      code: "missing_right",
      words: "write = originate",
    },
  ],
  empty: [hello({})],
  off: [hello({ duty: { state: "off" } })],
  wrapUp: [
    hello({
      duty: { state: "wrap_up", reason: null, since: ago(0), until: ago(-0.5) },
      cards: [card("k9", { state: "ended", outcome: "answered", ended: ago(0) })],
    }),
  ],
  break: [hello({ duty: { state: "break", reason: "Lunch" } })],
  down: [hello({ link: "down" })],
  one: [
    hello({
      creates: true,
      cards: [
        card("k1", {
          did: "+1 212-555-0100",
          queue: "Support",
          others: 1,
          choices: [choice("0031", "Eve Adams", "contact", true), choice("00Q1", LONG, "lead")],
        }),
        card("k2", {
          state: "ended",
          ended: ago(0),
          outcome: "answered",
          contact: null,
          lookup: "nobody",
          number: "+49 30 901820",
        }),
      ],
    }),
  ],
  many: [
    hello({
      cards: [
        card("k1", { queue: "Support" }),
        card("k2", {
          state: "talking",
          answered: ago(3),
          contact: {
            name: LONG,
            company: "Fürstlich Hohenlohe-Waldenburg-Schillingsfürst'sche Verwaltung GmbH & Co. KG",
            module: "lead",
            page: "https://acme.my.salesforce.com/00Q1",
          },
        }),
        card("k3", { contact: null, lookup: "nobody", number: "+49 30 901820" }),
        card("k9", {
          contact: null,
          lookup: "nobody",
          number: "+49 30 901821",
          in_phonebooks: [
            { name: "Kaufmann & Söhne", company: "Papier", phonebook: "Lieferanten" },
            { name: LONG, company: null, phonebook: "Lieferanten" },
          ],
        }),
        card("k4", {
          contact: null,
          lookup: "unavailable",
          number: "+86 138 0013 8000",
          name_from_phone: "李雷",
        }),
        card("k5", { contact: null, lookup: "off", number: null }),
        card("k6", { contact: null, lookup: "searching", number: "+1 650-555-0188" }),
        card("k7", {
          direction: "outbound",
          role: "caller",
          state: "holding",
          answered: ago(61),
          contact: {
            name: "<img src=x onerror=alert(1)>",
            company: null,
            module: "account",
            page: "javascript:alert(1)",
          },
        }),
        card("k8", { state: "ended", outcome: "missed", ended: ago(0) }),
      ],
    }),
  ],
};

const someone = (name, more = {}) => ({
  id: name,
  name,
  company: null,
  phonebook: "Customers",
  crm: null,
  page: null,
  numbers: [{ slot: "mobile", number: "(415) 555-0134", handle: null }],
  first: 0,
  recent: false,
  ...more,
});
const inPhonebooks = (contacts, asking = []) => ({ t: "found", contacts, asking });
const inCrm = (crm, contacts, failed = null) => ({ t: "found_in_crm", crm, contacts, failed });

/** What a search finds, by what is typed. */
export const found = {
  gra: [
    inPhonebooks(
      [
        someone("Grace Hopper", {
          company: "Acme Tools",
          recent: true,
          numbers: [
            { slot: "business", number: "(415) 555-0134", handle: null },
            { slot: "mobile", number: "(415) 555-0177", handle: null },
            { slot: "home2", number: "+49 30 901820", handle: null },
          ],
        }),
        someone(LONG, {
          company: "Fürstlich Hohenlohe-Waldenburg-Schillingsfürst'sche Verwaltung GmbH & Co. KG",
          phonebook: "Salesforce contacts",
          crm: "Salesforce",
        }),
        someone("Graham Bell", { company: "Northwind", numbers: [] }),
        someone("غرايس الأحمد", { company: "شركة النور" }),
      ],
      ["Salesforce", "HubSpot"],
    ),
    inCrm("Salesforce", [
      someone("Grant Lovelace", {
        company: "Initech",
        phonebook: null,
        crm: "Salesforce",
        numbers: [{ slot: null, number: "(212) 555-0100", handle: null }],
      }),
    ]),
  ],
  wxm: [
    inPhonebooks([
      someone("王小明", { company: "北京银行股份有限公司上海分行" }),
      someone("汪晓明", { company: "华为技术有限公司", recent: true }),
      someone("吴雪梅"),
    ]),
  ],
  slow: [inPhonebooks([], ["Bitrix24"])],
  failed: [
    inPhonebooks([someone("Grace Hopper")], ["Zoho CRM", "HubSpot"]),
    inCrm("Zoho CRM", [], "crm_too_slow"),
    inCrm("HubSpot", [], "crm_sign_in"),
  ],
  nobody: [inPhonebooks([])],
  masked: [
    inPhonebooks([
      someone("Grace Hopper", {
        company: "Acme Tools",
        numbers: [{ slot: "mobile", number: "•••••• 34", handle: "h" }],
      }),
    ]),
  ],
};
