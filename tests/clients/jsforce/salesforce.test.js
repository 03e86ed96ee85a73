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
