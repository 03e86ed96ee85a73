// The shape of the HTTP API, as `npm run api` writes it from docs/api/openapi.json.

type Json<T> = { content: { "application/json": T } };
type Problem = {
  content: { "application/problem+json": components["schemas"]["Problem"] };
};
type Answers<T> = { responses: { 200: Json<T>; default: Problem } };
type Created<T> = { responses: { 201: Json<T>; default: Problem } };
type Done = { responses: { 204: { content?: never }; default: Problem } };
type Body<T> = { requestBody: Json<T> };
type At<P> = { parameters: { path: P } };
type S = components["schemas"];

export interface paths {
  "/api/v1/set-up": {
    get: Answers<S["SetUpState"]>;
    post: Body<S["SetUp"]> & Created<S["Session"]>;
  };
  "/api/v1/session": {
    get: Answers<S["Session"]>;
    post: Body<S["SignIn"]> & Answers<S["Session"]>;
    delete: Done;
  };
  "/api/v1/session/link": { post: Body<{ token: string }> & Answers<S["Session"]> };
  "/api/v1/session/language": { put: Body<{ language: S["Language"] }> & Done };
  "/api/v1/organisation": {
    get: Answers<S["Organisation"]>;
    put: Body<S["Organisation"]> & Answers<S["Organisation"]>;
  };
  "/api/v1/phone-systems": {
    get: Answers<S["PhoneSystem"][]>;
    post: Body<S["NewPhoneSystem"]> & Created<S["PhoneSystem"]>;
  };
  "/api/v1/phone-systems/{id}": {
    put: At<{ id: string }> & Body<S["ChangedPhoneSystem"]> & Answers<S["PhoneSystem"]>;
    delete: At<{ id: string }> & Done;
  };
  "/api/v1/extensions": { get: Answers<S["Extension"][]> };
  "/api/v1/extensions/discover": { post: Answers<S["Extension"][]> };
  "/api/v1/extensions/{number}": {
    put: At<{ number: string }> & Body<S["ChangedExtension"]> & Answers<S["Extension"]>;
    delete: At<{ number: string }> & Done;
  };
  "/api/v1/accounts": {
    get: Answers<S["Account"][]>;
    post: Body<S["NewAccount"]> & Created<S["Invitation"]>;
  };
  "/api/v1/crm": { get: Answers<S["CrmTile"][]> };
  "/api/v1/crm/{kind}": {
    get: At<{ kind: string }> & Answers<S["CrmConnection"]>;
    put: At<{ kind: string }> & Body<S["ChangedCrm"]> & Answers<S["CrmConnection"]>;
    delete: At<{ kind: string }> & Done;
  };
  "/api/v1/crm/{kind}/authorize": { post: At<{ kind: string }> & Answers<{ url: string }> };
  "/api/v1/crm/{kind}/enable": { post: At<{ kind: string }> & Done };
  "/api/v1/crm/{kind}/disable": { post: At<{ kind: string }> & Done };
  "/api/v1/crm/{kind}/users": { get: At<{ kind: string }> & Answers<S["CrmUsers"]> };
  "/api/v1/crm/{kind}/users/refresh": { post: At<{ kind: string }> & Answers<S["CrmUsers"]> };
  "/api/v1/crm/{kind}/bindings/auto": {
    post: At<{ kind: string }> & Answers<{ proposed: S["ProposedBinding"][] }>;
  };
  "/api/v1/crm/{kind}/bindings": {
    put: At<{ kind: string }> & Body<{ bindings: S["Binding"][] }> & Answers<S["CrmUsers"]>;
  };
  "/api/v1/calls": {
    get: { parameters: { query?: { before?: string; limit?: number } } } & Answers<S["CallPage"]>;
  };
  "/api/v1/health": { get: Answers<S["Health"]> };
  "/api/v1/demo": { get: Answers<S["Demo"]> };
  "/api/v1/demo/calls": { post: Body<{ from: string; to: string }> & Created<{ call: string }> };
  "/api/v1/demo/calls/{call}/hang-up": { post: At<{ call: string }> & Done };
  "/api/v1/demo/calls/{call}/answer": { post: At<{ call: string }> & Done };
  "/api/v1/demo/dial": { post: Body<{ extension: string; number: string }> & Done };
  "/api/v1/demo/phones/{extension}/answer": { post: At<{ extension: string }> & Done };
  "/api/v1/demo/phones/{extension}/hang-up": { post: At<{ extension: string }> & Done };
}

export interface components {
  schemas: {
    Language: "en" | "zh-CN";
    Problem: {
      title: string;
      status: number;
      code: string;
      detail?: string | null;
      fields?: { path: string; code: string; detail?: string | null }[] | null;
      words?: string | null;
    };
    SetUpState: { needed: boolean };
    SetUp: {
      token: string;
      name: string;
      email: string;
      password: string;
      country: string;
      time_zone: string;
      language: S["Language"];
    };
    SignIn: { email: string; password: string };
    Account: {
      id: string;
      email: string;
      name: string;
      role: "admin" | "agent";
      extension?: string | null;
      language?: S["Language"] | null;
    };
    Session: { account: S["Account"]; simulation: boolean };
    NewAccount: {
      email: string;
      name: string;
      role: "admin" | "agent";
      extension?: string | null;
      password?: string | null;
    };
    Invitation: { account: S["Account"]; sign_in_link: string };
    ExtensionRange: { from: string; to: string };
    Organisation: {
      country: string;
      time_zone: string;
      extension_ranges: S["ExtensionRange"][];
      home_addresses: string[];
      version: number;
    };
    Abilities: { answer: boolean; hang_up: boolean; simulation: boolean };
    LinkProblem: {
      kind:
        | "unreachable"
        | "not_a_phone_system"
        | "wrong_secret"
        | "missing_right"
        | "restarting"
        | "lost"
        | "garbled";
      words: string;
    };
    LinkStateName: "connecting" | "up" | "down" | "needs_person";
    Link: {
      state: S["LinkStateName"];
      version?: string | null;
      problem?: S["LinkProblem"] | null;
      since?: string | null;
    };
    SecretState: "set" | "unset";
    PhoneSystem: {
      id: string;
      kind: string;
      name: string;
      settings: { [name: string]: string };
      secrets: { [name: string]: S["SecretState"] };
      link: S["Link"];
      abilities: S["Abilities"];
      version: number;
    };
    NewPhoneSystem: {
      kind: string;
      name: string;
      settings: { [name: string]: string };
      secrets: { [name: string]: string };
    };
    ChangedPhoneSystem: S["NewPhoneSystem"] & { version: number };
    Extension: {
      number: string;
      name: string;
      email: string;
      device?: string | null;
      account_id?: string | null;
      on_duty: boolean;
    };
    ChangedExtension: { name: string; email: string };
    CrmStatus: "not_connected" | "connected" | "disabled" | "needs_attention";
    CrmTile: { kind: string; name: string; status: S["CrmStatus"] };
    CrmProblem: {
      what: "sign_in" | "configuration" | "permission";
      words: string;
      since?: string | null;
    };
    CrmField: { name: string; kind: "url" | "text" | "secret"; default?: string | null };
    Authorization: { ok: boolean; code?: string | null; words?: string | null; at: string };
    CrmConnection: {
      kind: string;
      name: string;
      status: S["CrmStatus"];
      problem?: S["CrmProblem"] | null;
      settings: { [name: string]: string };
      secrets: { [name: string]: S["SecretState"] };
      fields: S["CrmField"][];
      scopes: string[];
      home_address?: string | null;
      redirect_uri?: string | null;
      organisation?: string | null;
      user?: string | null;
      waiting: number;
      parked: number;
      last_authorization?: S["Authorization"] | null;
      version?: number | null;
    };
    ChangedCrm: {
      settings: { [name: string]: string };
      secrets: { [name: string]: string };
      home_address: string;
      version?: number | null;
    };
    CrmUser: { id: string; name: string; email?: string | null; extensions: string[] };
    CrmUsers: { users: S["CrmUser"][]; fetched_at?: string | null };
    ProposedBinding: { crm_user: string; name: string; email: string; extension: string };
    Binding: { crm_user: string; extension: string };
    CallLeg: {
      extension: string;
      name?: string | null;
      role: "caller" | "agent";
      outcome: string;
      ring_ms?: number | null;
      talk_ms?: number | null;
      hold_ms?: number | null;
    };
    CallEntry: {
      crm: string;
      extension?: string | null;
      state: "waiting" | "written" | "parked" | "skipped";
      reason?: string | null;
      words?: string | null;
      who_name?: string | null;
      page?: string | null;
      who_page?: string | null;
      subject?: string | null;
      description?: string | null;
    };
    Call: {
      id: string;
      phone_system: string;
      direction: "inbound" | "outbound" | "internal";
      outcome?: string | null;
      state: string;
      from?: string | null;
      from_name?: string | null;
      to?: string | null;
      did?: string | null;
      queue?: string | null;
      started: string;
      answered?: string | null;
      ended?: string | null;
      wait_ms?: number | null;
      talk_ms?: number | null;
      hold_ms?: number | null;
      estimated: boolean;
      legs: S["CallLeg"][];
      entries: S["CallEntry"][];
    };
    CallPage: { calls: S["Call"][]; next?: string | null };
    ConnectionHealth: {
      kind: string;
      status: S["CrmStatus"];
      waiting: number;
      parked: number;
      oldest_waiting?: string | null;
    };
    Health: { phone_systems: unknown[]; connections: S["ConnectionHealth"][] };
    DemoCaller: { name: string; number: string };
    DemoTarget: { kind: "extension" | "group" | "queue"; number: string; name: string };
    DemoCall: {
      call: string;
      from?: string | null;
      to: string;
      state: "ringing" | "talking";
      can_answer: boolean;
    };
    Demo: {
      callers: S["DemoCaller"][];
      targets: S["DemoTarget"][];
      calls: S["DemoCall"][];
    };
  };
}
