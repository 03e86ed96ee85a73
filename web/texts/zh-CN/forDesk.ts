// Desk 以及与控制台共用页面的简体中文文本。
import { actions } from "./actions";
import { calls } from "./calls";
import { console } from "./console";
import { contacts } from "./contacts";
import { crmFields } from "./crmFields";
import { desk, outside } from "./desk";
import { devices } from "./devices";
import { labels } from "./labels";
import { page } from "./page";
import { problems } from "./problems";
import { security } from "./security";
import { session } from "./session";
import { signOn } from "./signOn";

export const forDesk = {
  crm_fields: crmFields,
  actions,
  calls,
  console,
  contacts,
  desk,
  devices,
  outside,
  labels,
  page,
  security,
  problems,
  session,
  sign_on: signOn,
};
