// The English texts that Home and the way in show.
import { actions } from "./actions";
import { alerts } from "./alerts";
import { console } from "./console";
import { crm } from "./crm";
import { explain } from "./explain";
import { health } from "./health";
import { labels } from "./labels";
import { mail } from "./mail";
import { page } from "./page";
import { keys, people, security } from "./people";
import { phone } from "./phone";
import { problems } from "./problems";
import { session } from "./session";
import { signOn } from "./signOn";
import { webhooks } from "./webhooks";

export const first = {
  crm,
  page,
  actions,
  labels,
  session,
  console,
  phone,
  explain,
  health,
  people,
  keys,
  security,
  sign_on: signOn,
  webhooks,
  mail,
  alerts,
  problems,
};
