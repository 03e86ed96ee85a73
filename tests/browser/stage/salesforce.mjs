// The stand-in Salesforce, and a look into its records.
import assert from "node:assert/strict";
import { join } from "node:path";
import { freshFolder } from "./folder.mjs";
import { StandIn, start } from "./stand_in.mjs";

export const CONSUMER_KEY = "stand-in-consumer-key";
export const CONSUMER_SECRET = "stand-in-consumer-secret";

/** @param {"external-client-app" | "connected-app"} app what its admin has made of Linecard */
export async function startSalesforce(app = "external-client-app") {
  const data = join(await freshFolder(), "salesforce.json");
  return new Salesforce(await start("salesforce", ["--data", data, "--app", app]));
}

export class Salesforce extends StandIn {
  /** The only record of `object` whose `field` is `value`. */
  async record(object, field, value) {
    const found = (await this.records(object)).filter((record) => record[field] === value);
    assert.equal(found.length, 1, `${object} with ${field} = ${value}`);
    return found[0];
  }

  tasks() {
    return this.records("Task");
  }

  /** The Tasks with one contact or lead, oldest first. */
  async tasksWith(who) {
    return (await this.tasks()).filter(({ WhoId }) => WhoId === who);
  }

  /** Somebody enters a record in Salesforce; its id. */
  async enters(object, fields) {
    return (await this.manages("POST", `records/${object}`, fields)).id;
  }

  /** Somebody edits a record in Salesforce. */
  edits(id, fields) {
    return this.manages("PATCH", `record/${id}`, fields);
  }

  /** Somebody deletes a record in Salesforce. */
  deletes(id) {
    return this.manages("DELETE", `record/${id}`);
  }

  /** What its admin switches on, hides and forbids; what is not named stays. */
  setsUp(changed) {
    return this.manages("PATCH", "setup", changed);
  }
}
