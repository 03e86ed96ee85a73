// The English texts of the pages behind Home.
import { alerts } from "./alerts";
import { calls } from "./calls";
import { contactImports } from "./contactImports";
import { contacts } from "./contacts";
import { crmAdvice } from "./crmAdvice";
import { crmFields } from "./crmFields";
import { crmGuides, crmScopes } from "./crmGuides";
import { crmSettings } from "./crmSettings";
import { data } from "./data";
import { desk, outside } from "./desk";
import { duty } from "./duty";
import { endpoints } from "./endpoints";
import { explain } from "./explain";
import { figures } from "./figures";
import { imports } from "./imports";
import { invitations } from "./invitations";
import { mail } from "./mail";
import { numbers } from "./numbers";
import { outbox } from "./outbox";
import { keys, people } from "./people";
import { routing } from "./routing";
import { audit, settings } from "./settings";
import { webhooks } from "./webhooks";

export const later = {
  explain,
  people,
  keys,
  webhooks,
  mail,
  alerts,
  duty,
  endpoints,
  imports,
  invitations,
  routing,
  contacts,
  contact_imports: contactImports,
  crm_advice: crmAdvice,
  crm_fields: crmFields,
  crm_guides: crmGuides,
  crm_scopes: crmScopes,
  crm_settings: crmSettings,
  calls,
  figures,
  outbox,
  numbers,
  settings,
  audit,
  data,
  desk,
  outside,
};
