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

  /** The Tasks with one contact or lead, oldest first. */
  async tasksWith(who) {
    return (await this.tasks()).filter(({ WhoId }) => WhoId === who);
  }

  /** Somebody enters a record in Salesforce; its id. */
  async enters(object, fields) {
    return (await this.#manages("POST", `records/${object}`, fields)).id;
  }

  /** Somebody edits a record in Salesforce. */
  edits(id, fields) {
    return this.#manages("PATCH", `record/${id}`, fields);
  }

  /** Somebody deletes a record in Salesforce. */
  deletes(id) {
    return this.#manages("DELETE", `record/${id}`);
  }

  /** How often each endpoint was asked so far, by method and path. */
  async requests() {
    return (await this.#manages("GET", "requests")).by_endpoint;
  }

  /** Requests fail from now on as `fault` says. */
  fails(fault) {
    return this.#manages("POST", "faults", fault);
  }

  /** Nothing fails any more. */
  recovers() {
    return this.#manages("DELETE", "faults");
  }

  async #manages(method, path, body) {
    const answer = await fetch(`${this.address}/__sandbox/${path}`, {
      method,
      headers: body && { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
