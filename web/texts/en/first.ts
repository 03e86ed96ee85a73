// The English texts that Home and the way in show.
import { actions } from "./actions";
import { console } from "./console";
import { crm } from "./crm";
import { devices } from "./devices";
import { health } from "./health";
import { labels } from "./labels";
import { page } from "./page";
import { phone } from "./phone";
import { problems } from "./problems";
import { security } from "./security";
import { session } from "./session";
import { signOn } from "./signOn";

export const first = {
  crm,
  page,
  actions,
  labels,
  session,
  console,
  phone,
  health,
  devices,
  security,
  sign_on: signOn,
  problems,
};
