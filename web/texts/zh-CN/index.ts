// 全部简体中文文本。
import { actions } from "./actions";
import { alerts } from "./alerts";
import { calls } from "./calls";
import { console } from "./console";
import { contactImports } from "./contactImports";
import { contacts } from "./contacts";
import { crm } from "./crm";
import { crmFields } from "./crmFields";
import { crmGuides, crmScopes } from "./crmGuides";
import { crmSettings } from "./crmSettings";
import { desk, outside } from "./desk";
import { endpoints } from "./endpoints";
import { explain } from "./explain";
import { figures } from "./figures";
import { health } from "./health";
import { imports } from "./imports";
import { labels } from "./labels";
import { mail } from "./mail";
import { numbers } from "./numbers";
import { outbox } from "./outbox";
import { page } from "./page";
import { keys, people, security } from "./people";
import { phone } from "./phone";
import { problems } from "./problems";
import { routing } from "./routing";
import { session } from "./session";
import { audit, settings } from "./settings";
import { webhooks } from "./webhooks";

export const zhCN = {
  page,
  actions,
  labels,
  session,
  console,
  phone,
  endpoints,
  imports,
  routing,
  contacts,
  contact_imports: contactImports,
  crm,
  crm_fields: crmFields,
  crm_guides: crmGuides,
  crm_scopes: crmScopes,
  crm_settings: crmSettings,
  calls,
  explain,
  figures,
  health,
  outbox,
  numbers,
  settings,
  audit,
  people,
  keys,
  security,
  desk,
  outside,
  webhooks,
  mail,
  alerts,
  problems,
};
