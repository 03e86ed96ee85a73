// The forms of the Console that two admins may have open at once: where each is, what is typed there,
// and what the API says is kept.

/** What is typed, and what another admin saves meanwhile. */
export const MINE = "mine";
export const THEIRS = "theirs";

/** A form with a text field. `read` answers what is kept as the API takes it. */
class Form {
  first = "as it was";

  constructor({ what, page, label, polls, opens, arranges, read, of, changed, words = {} }) {
    Object.assign(this, { what, page, label, polls, opens, read, of, changed, words });
    this.arranges = arranges ?? (async () => {});
  }

  /** What stands for `mine`, `theirs` and the first in this field. */
  #text(which) {
    return this.words[which] ?? which;
  }

  #which(text) {
    return [MINE, THEIRS, this.first].find((which) => this.#text(which) === text) ?? text;
  }

  field(page) {
    return page.getByLabel(this.label, { exact: true });
  }

  within(page) {
    return page.locator("form").filter({ has: this.field(page) });
  }

  types(page, which) {
    return this.field(page).fill(this.#text(which));
  }

  async shown(page) {
    return this.#which(await this.field(page).inputValue());
  }

  async kept(api) {
    return this.#which(this.of((await this.read(api)).body));
  }

  async keeps(api, which) {
    const { path, body } = await this.read(api);
    await api.send(path, this.changed(body, this.#text(which)), "PUT");
  }
}

/** A form where one of several is chosen. */
class Choice extends Form {
  field(page) {
    return page.getByRole("radio", { name: this.label, exact: true });
  }

  types(page, which) {
    return page.getByRole("radio", { name: this.words[which].label, exact: true }).check();
  }

  async shown(page) {
    for (const which of [MINE, THEIRS]) {
      const { label } = this.words[which];
      if (await page.getByRole("radio", { name: label, exact: true }).isChecked()) return which;
    }
    return null;
  }

  async kept(api) {
    const value = this.of((await this.read(api)).body);
    return [MINE, THEIRS].find((which) => this.words[which].value === value);
  }

  async keeps(api, which) {
    const { path, body } = await this.read(api);
    const wanted = this.changed(body, this.words[which].value);
    await api.send(path, { ...wanted, always_query: !body.always_query }, "PUT");
  }
}

/** Whose an extension is: it is chosen beside the form, and saved by it. */
class Binding extends Form {
  /** Of the first user. */
  row(page) {
    return page.locator(".lc-user-row").first();
  }

  field(page) {
    return this.row(page).getByRole("combobox", { name: this.label });
  }

  within(page) {
    return page.locator(".lc-edited form");
  }

  async types(page, which) {
    await this.field(page).click();
    await page.getByRole("option", { name: this.words[which].label, exact: true }).click();
    await this.field(page).press("Escape");
  }

  async shown(page) {
    for (const which of [MINE, THEIRS]) {
      const pill = this.row(page).getByText(this.words[which].label, { exact: true });
      if ((await pill.count()) > 0) return which;
    }
    return null;
  }

  async kept(api) {
    const value = this.of((await this.read(api)).body);
    return [MINE, THEIRS].find((which) => this.words[which].value === value);
  }

  async keeps(api, which) {
    const { path, body } = await this.read(api);
    await api.send(path, this.changed(body, this.words[which].value), "PUT");
  }
}

const CAROL = "carol@example.com";

export const FORMS = [
  new Form({
    what: "a person",
    page: "/settings/people",
    label: "Name",
    arranges: (api) =>
      api.send("/accounts", { name: "Carol", email: CAROL, role: "supervisor", extension: null }),
    async opens(page) {
      const row = page.getByRole("row").filter({ hasText: CAROL });
      await row.getByRole("button", { name: /^More for/ }).click();
      await page.getByRole("menuitem", { name: "Edit" }).click();
    },
    async read(api) {
      const people = await api.read("/accounts");
      const { id, email, name, role, extension, language, version } = people.find(
        (person) => person.email === CAROL,
      );
      const body = { email, name, role, extension, language, version };
      return { path: `/accounts/${id}`, body };
    },
    of: ({ name }) => name,
    changed: (body, name) => ({ ...body, name }),
  }),
  new Form({
    what: "the phone system",
    page: "/phone-system",
    label: "Host",
    polls: "/api/v1/phone-systems",
    arranges: (api) =>
      api.send("/phone-systems", {
        kind: "asterisk",
        name: "Office",
        settings: {
          host: "127.0.0.1",
          port: "1",
          username: "linecard",
          own: "PJSIP/1",
          trunk: "PJSIP/t",
        },
        secrets: { secret: "not this one" },
      }),
    async read(api) {
      const [{ id, kind, name, settings, version }] = await api.read("/phone-systems");
      return { path: `/phone-systems/${id}`, body: { kind, name, settings, secrets: {}, version } };
    },
    of: ({ settings }) => settings.host,
    changed: (body, host) => ({ ...body, settings: { ...body.settings, host } }),
    words: { "as it was": "127.0.0.1", mine: "127.0.0.2", theirs: "127.0.0.3" },
  }),
  new Form({
    what: "the connection to a CRM",
    page: "/integrations/crm/salesforce",
    label: "Consumer key",
    polls: "/api/v1/crm/salesforce",
    arranges: async (api, { home }) => {
      const settings = { client_id: "as it was", login_url: "https://login.salesforce.com" };
      const wanted = { settings, secrets: { client_secret: "not this one" }, home_address: home };
      await api.send("/crm/salesforce", { ...wanted, version: null }, "PUT");
    },
    async read(api) {
      const { settings, home_address, version } = await api.read("/crm/salesforce");
      return { path: "/crm/salesforce", body: { settings, secrets: {}, home_address, version } };
    },
    of: ({ settings }) => settings.client_id,
    changed: (body, key) => ({ ...body, settings: { ...body.settings, client_id: key } }),
  }),
  new Choice({
    what: "the phonebook of a CRM",
    page: "/integrations/crm/hubspot?part=sync",
    label: "All of the chosen modules",
    polls: "/api/v1/crm/hubspot/phonebook",
    arranges: async (api, { home, hubspot }) => {
      const wanted = {
        settings: { way: "service_key", api_url: hubspot, app_url: hubspot },
        secrets: { service_key: "stand-in-service-key" },
        home_address: home,
        version: null,
      };
      await api.send("/crm/hubspot", wanted, "PUT");
      await api.send("/crm/hubspot/connect");
      const { version } = await api.read("/crm/hubspot/phonebook");
      const phonebook = { modules: ["contact"], scope: "called", always_query: false };
      const made = { ...phonebook, on: true, new: "HubSpot", existing: null, version };
      await api.send("/crm/hubspot/phonebook", made, "PUT");
    },
    async read(api) {
      const phonebook = await api.read("/crm/hubspot/phonebook");
      const { on, modules, scope, always_query, version } = phonebook;
      const body = { on, modules, scope, always_query, new: null, existing: null, version };
      return { path: "/crm/hubspot/phonebook", body };
    },
    of: ({ scope }) => scope,
    changed: (body, scope) => ({ ...body, scope }),
    words: {
      mine: { label: "All of the chosen modules", value: "all" },
      theirs: { label: "Those who called or were called", value: "called" },
      "as it was": { label: "Those who called or were called", value: "called" },
    },
  }),
  new Form({
    what: "the words of a CRM's journal",
    page: "/integrations/crm/hubspot?part=journal",
    label: /^Subject/,
    async read(api) {
      return { path: "/crm/hubspot/journal", body: await api.read("/crm/hubspot/journal") };
    },
    of: ({ subject }) => subject,
    changed: (body, subject) => ({ ...body, subject }),
  }),
  new Binding({
    what: "whose extensions are",
    page: "/integrations/crm/hubspot?part=users",
    label: /^Extensions: /,
    async arranges(api) {
      await api.send("/extensions/102", { name: "Bob", email: null }, "PUT");
      await api.send("/extensions/103", { name: "Eve", email: null }, "PUT");
    },
    async read(api) {
      const { users, version } = await api.read("/crm/hubspot/users");
      const { id, extensions } = users.find((user) => !user.is_system);
      const bindings = extensions.map((extension) => ({ crm_user: id, extension }));
      return { path: "/crm/hubspot/bindings", body: { bindings, groups: [], version, id } };
    },
    of: ({ bindings }) => bindings[0]?.extension,
    changed: ({ id, version }, extension) => ({
      bindings: extension ? [{ crm_user: id, extension }] : [],
      groups: [],
      version,
    }),
    words: {
      mine: { label: "102 Bob", value: "102" },
      theirs: { label: "103 Eve", value: "103" },
      "as it was": { label: "", value: null },
    },
  }),
  new Form({
    what: "the organisation",
    page: "/settings",
    label: "Area code",
    async read(api) {
      return { path: "/organisation", body: await api.read("/organisation") };
    },
    of: ({ number_habits }) => number_habits.area_code,
    changed: (body, area_code) => ({
      ...body,
      number_habits: { ...body.number_habits, area_code },
    }),
    words: { "as it was": "415", mine: "212", theirs: "303" },
  }),
  new Form({
    what: "a webhook",
    page: "/settings/webhooks",
    label: "Name",
    polls: "/api/v1/webhooks",
    arranges: (api) =>
      api.send("/webhooks", {
        name: "Wallboard",
        url: "http://127.0.0.1:9/hook",
        events: ["call.ended"],
        personal: false,
        enabled: true,
      }),
    opens: (page) => page.getByRole("button", { name: "Edit", exact: true }).click(),
    async read(api) {
      const [webhook] = (await api.read("/webhooks")).webhooks;
      const { id, name, url, events, personal, enabled, version } = webhook;
      const body = { name, url, events, personal, enabled, version };
      return { path: `/webhooks/${id}`, body };
    },
    of: ({ name }) => name,
    changed: (body, name) => ({ ...body, name }),
  }),
];
