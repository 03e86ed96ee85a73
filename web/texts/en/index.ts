// All English texts.
import { calls } from "./calls";
import { common } from "./common";
import { console } from "./console";
import { crm } from "./crm";
import { desk, outside } from "./desk";
import { phone } from "./phone";
import { problems } from "./problems";
import { session } from "./session";
import { settings } from "./settings";

export const en = {
  common,
  session,
  console,
  phone,
  crm,
  calls,
  settings,
  desk,
  outside,
  problems,
};
