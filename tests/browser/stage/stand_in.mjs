// A stand-in CRM: what it holds, what was asked of it, and what is to go wrong.
import assert from "node:assert/strict";
import { Program } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

/** The password of every user of every stand-in. */
export const PASSWORD = "stand-in";

/**
 * The address of a stand-in that has just been started.
 * @param {"salesforce" | "zoho" | "bitrix24" | "hubspot"} kind
 * @param {string[]} options more of what the command takes
 */
export async function start(kind, options = []) {
  const program = new Program("linecard", ["sandbox", kind, "--port", "0", ...options]);
  atTheEnd(() => program.stop());
  const [, address] = await program.says(/runs at (http\S+)/);
  return address;
}

/** A stand-in of this kind that holds nothing but the demo's records. */
export async function startStandIn(kind) {
  return new StandIn(await start(kind));
}

export class StandIn {
  constructor(address) {
    this.address = address.replace(/\/$/, "");
  }

  /** The records of one object, module or type, oldest first. */
  records(object) {
    return this.manages("GET", `records/${object}`);
  }

  /** How often each endpoint was asked so far, by method and path. */
  async requests() {
    return (await this.manages("GET", "requests")).by_endpoint;
  }

  /** How many requests it has had at paths that hold `part`; at all, without one. */
  async requestsTo(part = "") {
    const concerned = Object.entries(await this.requests()).filter(([it]) => it.includes(part));
    return concerned.reduce((sum, [, count]) => sum + count, 0);
  }

  /** Requests fail from now on as `fault` says. */
  fails(fault) {
    return this.manages("POST", "faults", fault);
  }

  /** Nothing fails any more. */
  recovers() {
    return this.manages("DELETE", "faults");
  }

  /** Every consent, key and webhook ends. */
  revokes() {
    return this.manages("POST", "tokens/revoke");
  }

  /** Asks its own endpoints, which `/__sandbox` lists. */
  async manages(method, path, body) {
    const answer = await fetch(`${this.address}/__sandbox/${path}`, {
      method,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
