// jsforce signs in to the stand-in and works with it as with Salesforce.

"use strict";

const assert = require("node:assert/strict");
const { before, describe, test } = require("node:test");
const jsforce = require("jsforce");
const { consent } = require("./browser.js");

const loginUrl = process.env.BASE_URL;
const redirectUri = "http://127.0.0.1:1/callback";

function application() {
  return new jsforce.OAuth2({
    loginUrl,
    clientId: "stand-in-consumer-key",
    clientSecret: "stand-in-consumer-secret",
    redirectUri,
    useVerifier: true,
  });
}

const admin = { username: "admin@example.com", password: "stand-in", decision: "allow" };

async function connect() {
  const oauth2 = application();
  const address = oauth2.getAuthorizationUrl({ scope: "api refresh_token id", state: "s1" });
  const back = await consent(address, admin);
  assert.equal(back.searchParams.get("state"), "s1");
  const connection = new jsforce.Connection({ oauth2, version: "66.0" });
  const user = await connection.authorize(back.searchParams.get("code"));
  return { connection, user };
}

describe("signing in", () => {
  test("the code flow with PKCE gives a connection that knows its user", async () => {
    const { connection, user } = await connect();
    assert.equal(connection.instanceUrl, loginUrl);
    assert.match(user.id, /^005/);
    assert.match(user.organizationId, /^00D/);
    const identity = await connection.identity();
    assert.equal(identity.username, "admin@example.com");
    assert.equal(identity.organization_id, user.organizationId);
  });

  test("a verifier that does not fit the challenge is refused", async () => {
    const back = await consent(application().getAuthorizationUrl({ scope: "api" }), admin);
    await assert.rejects(
      application().requestToken(back.searchParams.get("code")),
      /invalid code verifier/,
    );
  });

  test("a denied consent comes back as such", async () => {
    const address = application().getAuthorizationUrl({ scope: "api" });
    const back = await consent(address, { ...admin, decision: "deny" });
    assert.equal(back.searchParams.get("error"), "access_denied");
  });

  test("an expired access token is refreshed once and the request repeated", async () => {
    const { connection } = await connect();
    let refreshed = 0;
    connection.on("refresh", () => {
      refreshed += 1;
    });
    const expired = await fetch(`${loginUrl}/__sandbox/tokens/expire`, { method: "POST" });
    assert.equal(expired.status, 204);
    const { totalSize } = await connection.query("SELECT Id FROM Organization");
    assert.equal(totalSize, 1);
    assert.equal(refreshed, 1);
  });

  test("after a revocation neither token opens anything", async () => {
    const { connection } = await connect();
    const { accessToken, refreshToken, oauth2 } = connection;
    await connection.logout(true);
    const late = new jsforce.Connection({ instanceUrl: loginUrl, accessToken, version: "66.0" });
    await assert.rejects(late.query("SELECT Id FROM Contact"), {
      errorCode: "INVALID_SESSION_ID",
    });
    await assert.rejects(oauth2.refreshToken(refreshToken), /expired access\/refresh token/);
  });
});

describe("working with records", () => {
  let connection;

  before(async () => {
    ({ connection } = await connect());
  });

  test("a query follows references", async () => {
    const { records } = await connection.query(
      "SELECT Id, Name, Account.Name FROM Contact WHERE LastName = 'Torres'",
    );
    assert.equal(records[0].Account.Name, "Blue Harbor Logistics");
  });

  test("the describe names the phone fields", async () => {
    const { fields } = await connection.describe("Lead");
    const phones = fields.filter(({ type }) => type === "phone").map(({ name }) => name);
    assert.deepEqual(phones, ["Phone", "MobilePhone", "Fax"]);
  });

  test("a search finds a number stored in three notations", async () => {
    const spellings = ["+1 (206) 555-0142", "206.555.0142", "12065550142"];
    const created = await connection
      .sobject("Contact")
      .create(spellings.map((Phone, at) => ({ LastName: `Spelling ${at}`, Phone })));
    assert.ok(created.every(({ success }) => success));
    const { searchRecords } = await connection.search(
      "FIND {12065550142 OR 2065550142} IN PHONE FIELDS " +
        "RETURNING Contact(Id, Name, Phone ORDER BY Name)",
    );
    assert.deepEqual(
      searchRecords.map(({ Phone }) => Phone),
      spellings,
    );
  });

  test("a new caller and the call are written", async () => {
    const contact = await connection
      .sobject("Contact")
      .create({ LastName: "Newcomer", Phone: "+12065550177" });
    assert.equal(contact.success, true);
    const task = await connection.sobject("Task").create({
      Subject: "Inbound call from +1 206-555-0177",
      TaskSubtype: "Call",
      CallType: "Inbound",
      CallDurationInSeconds: 61,
      CallObject: "jsforce-1",
      Status: "Completed",
      WhoId: contact.id,
    });
    const found = await connection.query(
      "SELECT Id, Who.Name, Owner.Name FROM Task WHERE CallObject = 'jsforce-1'",
    );
    assert.equal(found.records[0].Id, task.id);
    assert.equal(found.records[0].Who.Name, "Newcomer");
    assert.equal(found.records[0].Owner.Name, "Ada Admin");
    const whole = await connection.sobject("Task").retrieve(task.id);
    assert.equal(whole.IsClosed, true);
  });

  test("refusals carry the vendor's codes", async () => {
    await assert.rejects(connection.sobject("Contact").create({ FirstName: "Nameless" }), {
      errorCode: "REQUIRED_FIELD_MISSING",
    });
    await assert.rejects(connection.query("SELECT Naem FROM Account"), {
      errorCode: "INVALID_FIELD",
    });
  });
});

/** Asks the stand-in itself. */
async function manage(method, path, body) {
  const answer = await fetch(`${loginUrl}/__sandbox/${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  assert.ok(answer.ok, await answer.clone().text());
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}

describe("many records at once", () => {
  let connection;

  before(async () => {
    ({ connection } = await connect());
  });

  test("a collection is created, changed, read and deleted", async () => {
    const contacts = connection.sobject("Contact");
    const created = await contacts.create([{ LastName: "One" }, { FirstName: "Nameless" }]);
    assert.deepEqual(
      created.map(({ success }) => success),
      [true, false],
    );
    assert.equal(created[1].errors[0].statusCode, "REQUIRED_FIELD_MISSING");
    const { id } = created[0];
    const changed = await contacts.update([{ Id: id, LastName: "First" }]);
    assert.equal(changed[0].success, true);
    const [read] = await contacts.retrieve([id], { fields: ["LastName"] });
    assert.equal(read.LastName, "First");
    const gone = await contacts.destroy([id]);
    assert.equal(gone[0].success, true);
    await assert.rejects(contacts.retrieve(id), { errorCode: "ENTITY_IS_DELETED" });
  });

  test("all or none means none", async () => {
    const created = await connection
      .sobject("Contact")
      .create([{ LastName: "Together" }, { FirstName: "Nameless" }], { allOrNone: true });
    assert.equal(created[0].errors[0].statusCode, "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    const { totalSize } = await connection.query(
      "SELECT Id FROM Contact WHERE LastName = 'Together'",
    );
    assert.equal(totalSize, 0);
  });

  test("a long answer goes on at its locator", async () => {
    const many = Array.from({ length: 450 }, (_, at) => ({ LastName: `Paged ${at}` }));
    const created = await connection.sobject("Contact").create(many, { allowRecursive: true });
    assert.equal(created.filter(({ success }) => success).length, 450);
    const headers = { "Sforce-Query-Options": "batchSize=200" };
    const soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Paged %'";
    const first = await connection.query(soql, { headers, autoFetch: false });
    assert.equal(first.done, false);
    assert.equal(first.records.length, 200);
    const second = await connection.queryMore(first.nextRecordsUrl);
    assert.equal(second.totalSize, 450);
    assert.ok(second.records.every(({ Id }) => first.records.every((one) => one.Id !== Id)));
  });

  test("parts of a composite refer to each other", async () => {
    const answer = await connection.requestPost("/composite", {
      compositeRequest: [
        {
          method: "POST",
          url: "/services/data/v66.0/sobjects/Contact",
          referenceId: "caller",
          body: { LastName: "Composed", Phone: "+12065550188" },
        },
        {
          method: "POST",
          url: "/services/data/v66.0/sobjects/Task",
          referenceId: "call",
          body: { Subject: "Call", WhoId: "@{caller.id}", CallObject: "jsforce-composite" },
        },
      ],
    });
    const [contact, call] = answer.compositeResponse;
    assert.deepEqual([contact.httpStatusCode, call.httpStatusCode], [201, 201]);
    const task = await connection.sobject("Task").retrieve(call.body.id);
    assert.equal(task.WhoId, contact.body.id);
  });
});

describe("what changed", () => {
  let connection;
  const hour = 3_600_000;
  const span = () => [new Date(Date.now() - hour), new Date(Date.now() + 2 * 60_000)];

  before(async () => {
    ({ connection } = await connect());
  });

  test("changes and deletions of a span of time are told", async () => {
    const contacts = connection.sobject("Contact");
    const kept = await contacts.create({ LastName: "Kept" });
    const lost = await contacts.create({ LastName: "Lost" });
    await contacts.destroy(lost.id);
    const updated = await contacts.updated(...span());
    assert.ok(updated.ids.includes(kept.id) && !updated.ids.includes(lost.id));
    const deleted = await contacts.deleted(...span());
    assert.ok(deleted.deletedRecords.some(({ id }) => id === lost.id));
  });

  test("a page by stamp and id begins after the one before", async () => {
    const order = "ORDER BY SystemModstamp, Id LIMIT 5";
    const fields = "SELECT Id, SystemModstamp FROM Contact";
    const { records: first } = await connection.query(`${fields} ${order}`);
    const { Id, SystemModstamp } = first.at(-1);
    const stamp = SystemModstamp.replace("+0000", "Z");
    const after = `SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > '${Id}')`;
    const { records: second } = await connection.query(`${fields} WHERE ${after} ${order}`);
    assert.equal(second.length, 5);
    assert.ok(second.every((record) => first.every((one) => one.Id !== record.Id)));
  });

  test("a merged contact is deleted and names its master", async () => {
    const contacts = connection.sobject("Contact");
    const master = await contacts.create({ LastName: "Master" });
    const loser = await contacts.create({ LastName: "Loser" });
    await manage("POST", `record/${master.id}/merge`, { loser: loser.id });
    const soql = `SELECT IsDeleted, MasterRecordId FROM Contact WHERE Id = '${loser.id}'`;
    const { totalSize } = await connection.query(soql);
    assert.equal(totalSize, 0);
    const { records } = await connection.query(soql, { scanAll: true });
    assert.equal(records[0].IsDeleted, true);
    assert.equal(records[0].MasterRecordId, master.id);
  });
});

describe("an organisation's own rules", () => {
  let connection;

  before(async () => {
    ({ connection } = await connect());
  });

  test("a duplicate is told, and saved when one insists", async () => {
    const contacts = connection.sobject("Contact");
    const first = await contacts.create({ LastName: "Twin", Phone: "+12065550160" });
    await manage("PATCH", "setup", { duplicate_rule: "alert" });
    try {
      const twin = { LastName: "Twin", Phone: "(206) 555-0160" };
      await assert.rejects(contacts.create(twin), (error) => {
        assert.equal(error.errorCode, "DUPLICATES_DETECTED");
        assert.ok(JSON.stringify(error.data).includes(first.id));
        return true;
      });
      const headers = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };
      const saved = await contacts.create(twin, { headers });
      assert.equal(saved.success, true);
      await manage("PATCH", "setup", { duplicate_rule: "block" });
      await assert.rejects(contacts.create(twin, { headers }), {
        errorCode: "DUPLICATES_DETECTED",
      });
    } finally {
      await manage("PATCH", "setup", { duplicate_rule: "off" });
    }
  });

  test("what a user may read is told", async () => {
    const { records: users } = await connection.query(
      "SELECT Id FROM User WHERE Email = 'alice@example.com'",
    );
    const { records } = await connection.query("SELECT Id, OwnerId FROM Contact LIMIT 2");
    const soql =
      "SELECT RecordId, HasReadAccess FROM UserRecordAccess " +
      `WHERE UserId = '${users[0].Id}' AND RecordId IN ('${records[0].Id}','${records[1].Id}')`;
    const rights = await connection.query(soql);
    assert.equal(rights.totalSize, 2);
    assert.ok(rights.records.every(({ HasReadAccess }) => HasReadAccess === true));
  });
});
