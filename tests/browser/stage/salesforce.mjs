// The stand-in Salesforce, and a look into its records.
import assert from "node:assert/strict";
import { join } from "node:path";
import { freshFolder } from "./folder.mjs";
import { Program } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

export const CONSUMER_KEY = "stand-in-consumer-key";
export const CONSUMER_SECRET = "stand-in-consumer-secret";
/** The password of every user of the stand-in. */
export const PASSWORD = "stand-in";

export async function startSalesforce() {
  const data = join(await freshFolder(), "salesforce.json");
  const program = new Program("linecard", ["sandbox", "salesforce", "--port", "0", "--data", data]);
  atTheEnd(() => program.stop());
  const [, address] = await program.says(/runs at (http\S+)/);
  return new Salesforce(address);
}

export class Salesforce {
  constructor(address) {
    this.address = address.replace(/\/$/, "");
  }

  /** The records of one object, oldest first. */
  async records(object) {
    const answer = await fetch(`${this.address}/__sandbox/records/${object}`);
    assert.equal(answer.status, 200);
    return answer.json();
  }

  /** The only record of `object` whose `field` is `value`. */
  async record(object, field, value) {
    const found = (await this.records(object)).filter((record) => record[field] === value);
    assert.equal(found.length, 1, `${object} with ${field} = ${value}`);
    return found[0];
  }

  tasks() {
    return this.records("Task");
  }

  /** Requests fail from now on as `fault` says. */
  async fails(fault) {
    const answer = await fetch(`${this.address}/__sandbox/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fault),
    });
    assert.ok(answer.ok, await answer.text());
  }

  /** Nothing fails any more. */
  async recovers() {
    const answer = await fetch(`${this.address}/__sandbox/faults`, { method: "DELETE" });
    assert.ok(answer.ok, await answer.text());
  }
}
