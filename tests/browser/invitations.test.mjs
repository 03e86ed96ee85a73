// People are invited: by mail, whose link signs in; from a list; and where a mail did not go out,
// the row says why and the link can be handed over.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { isAccessible } from "./stage/axe.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startInbox } from "./stage/inbox.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const REFUSED = "nobody@example.com";
const LIST = 50;

let demo;
let inbox;
let browser;
let admin;
let page;
let api;

before(async () => {
  [demo, inbox] = await Promise.all([startDemo(), startInbox({ refuses: REFUSED })]);
  browser = await openBrowser();
  admin = await browser.person("admin");
  page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  api = new Api(demo.home, admin.context);
});

story("without a mail server a list of people becomes a table of links", async () => {
  await page.goto(`${demo.home}/settings/people`);
  await page.getByRole("button", { name: "Invite from a list" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people from a list" });
  await dialog.getByText(/fill in a mail server/).waitFor();
  const csv = "姓名,邮箱,角色\n=Lee,lee@example.com,主管\nBob,bob@example.com,boss\n";
  await choose(dialog, csv);
  await dialog.getByText("1 person will be invited").waitFor();
  await dialog.getByText("Row 3: no role: agent, supervisor or admin").waitFor();
  assert.ok(!(await person("lee@example.com")));
  await dialog.getByRole("button", { name: "Invite and show the links" }).click();
  await dialog.getByText("1 person is invited").waitFor();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download the links" }).click();
  const table = await readFile(await (await download).path(), "utf8");
  // What a spreadsheet would run is text.
  assert.match(table, /"'=Lee","lee@example\.com","","http/);
  const lee = await browser.person("lee");
  const home = await lee.opens(table.match(/http[^"]+token=[^"]+/)[0]);
  await home.getByRole("heading", { name: "Home", exact: true }).waitFor();
  const session = await new Api(demo.home, lee.context).read("/session");
  assert.equal(session.account.email, "lee@example.com");
  await dialog.getByRole("button", { name: "Done" }).click();
});

story("an invitation goes out by mail in Chinese, and its link signs in", async () => {
  await setsUpMail();
  await page.goto(`${demo.home}/settings/people`);
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await dialog.getByLabel("Name").fill("李雷");
  await dialog.getByLabel("E-mail").fill("lilei@example.com");
  await dialog.getByRole("radio", { name: "Supervisor" }).check();
  await dialog.getByRole("combobox", { name: "Language" }).click();
  await page.getByRole("option", { name: "简体中文" }).click();
  assert.ok(await dialog.getByRole("checkbox", { name: "Send the link by mail" }).isChecked());
  await dialog.getByRole("button", { name: "Invite a person" }).click();
  const letter = await inbox.letterTo("lilei@example.com");
  assert.equal(letter.subject, "Linecard 邀请您登录");
  await row("李雷").getByText("Invited").waitFor();
  await row("李雷")
    .getByText(/^Mailed/)
    .waitFor();
  const lilei = await browser.person("lilei");
  const home = await lilei.opens(letter.text.match(/http\S+token=\S+/)[0]);
  await home.getByRole("heading", { name: "首页", exact: true }).waitFor();
  assert.equal((await person("lilei@example.com")).invitation.state, "accepted");
  await page.reload();
  await row("李雷").getByText("Active").waitFor();
  assert.deepEqual(lilei.faults, []);
});

story("a mail that was refused says why, is sent again, and its link is handed over", async () => {
  const wanted = { name: "Nora Body", email: REFUSED, role: "supervisor", mail: true };
  await api.send("/accounts", wanted);
  await page.goto(`${demo.home}/settings/people`);
  await row("Nora Body").getByText("Mail not sent").waitFor();
  await row("Nora Body")
    .getByText(/^The mail could not be sent/)
    .waitFor();
  await row("Nora Body")
    .getByText(/No such user here/)
    .waitFor();
  await page.getByRole("button", { name: "More for Nora Body" }).click();
  await page.getByRole("menuitem", { name: "Send the invitation again" }).click();
  await page.getByText(`The invitation goes out to ${REFUSED}.`).waitFor();
  await eventually("it was refused again", async () => {
    const { invitation } = await person(REFUSED);
    return invitation.state === "not_sent";
  });
  await page.getByRole("button", { name: "More for Nora Body" }).click();
  await page.getByRole("menuitem", { name: "Make a sign-in link" }).click();
  const made = page.getByRole("dialog", { name: "Sign-in link for Nora Body" });
  const link = await made.getByRole("textbox", { name: "Sign-in link" }).inputValue();
  await made.getByRole("button", { name: "Done" }).click();
  await row("Nora Body").getByText("Invited").waitFor();
  const nora = await browser.person("nora");
  const home = await nora.opens(link);
  await home.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("an agent is invited by mail from the list of extensions", async () => {
  await api.send("/extensions/import", { csv: "extension,name,email\n7900,Ada Byron," });
  await page.goto(`${demo.home}/extensions`);
  await page.getByRole("button", { name: "Invite 7900" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite the agent of 7900" });
  await dialog.getByLabel("E-mail").fill("ada@example.com");
  await isAccessible(page, "inviting an agent");
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await dialog.waitFor({ state: "hidden" });
  const letter = await inbox.letterTo("ada@example.com");
  const ada = await browser.person("ada");
  const desk = await ada.opens(letter.text.match(/http\S+token=\S+/)[0]);
  await desk.waitForURL("**/desk/");
  assert.equal((await person("ada@example.com")).extension, "7900");
});

story("fifty people of a list are shown, invited at once and mailed", async () => {
  const numbers = Array.from({ length: LIST }, (_, index) => String(7000 + index));
  const extensions = numbers.map((number) => `${number},Agent ${number},`);
  await api.send("/extensions/import", { csv: ["extension,name,email", ...extensions].join("\n") });
  const rows = numbers.map(
    (number) => `Agent ${number},agent${number}@example.com,agent,${number}`,
  );
  const csv = ["name,email,role,extension", ...rows, "Again,AGENT7000@example.com,agent,7001"];
  await page.goto(`${demo.home}/settings/people`);
  await page.getByRole("button", { name: "Invite from a list" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people from a list" });
  await choose(dialog, csv.join("\n"));
  await dialog.getByText(`${LIST} people will be invited`).waitFor();
  await dialog.getByText("1 row is left out").waitFor();
  await dialog.getByRole("button", { name: "Invite by mail" }).click();
  await page.getByText(`${LIST} invitations go out.`).waitFor();
  const first = await inbox.letterTo("agent7000@example.com");
  await Promise.all(numbers.map((number) => inbox.letterTo(`agent${number}@example.com`)));
  await eventually("every mail is known to be sent", async () => {
    const people = await api.read("/accounts");
    const sent = people.filter(({ email, invitation }) => {
      return email.startsWith("agent7") && invitation.mail?.state === "sent";
    });
    return sent.length === LIST;
  });
  const agent = await browser.person("agent");
  const desk = await agent.opens(first.text.match(/http\S+token=\S+/)[0]);
  await desk.waitForURL(/\/desk\/$/);
  const session = await new Api(demo.home, agent.context).read("/session");
  assert.equal(session.account.extension, "7000");
  assert.deepEqual(admin.faults, []);
});

story("the audit log says who was invited, and from which address", async () => {
  await page.goto(`${demo.home}/settings/audit-log`);
  const last = `agent${6999 + LIST}@example.com`;
  const entry = page.getByRole("row").filter({ hasText: `Invited ${last}` });
  await entry.getByRole("button", { name: "127.0.0.1" }).click();
  assert.equal(await page.getByLabel("Only from address").inputValue(), "127.0.0.1");
  await entry.waitFor();
  await page.getByLabel("Only from address").fill("192.0.2.7");
  await page.getByText("Nothing from this address").waitFor();
  const elsewhere = await api.read("/audit?address=192.0.2.7");
  assert.deepEqual(elsewhere.entries, []);
  assert.deepEqual(admin.faults, []);
});

async function setsUpMail() {
  await api.send(
    "/mail",
    {
      host: "127.0.0.1",
      port: inbox.port,
      security: "plain",
      sender: "linecard@example.com",
      sender_name: "Linecard",
      version: 0,
    },
    "PUT",
  );
}

async function person(email) {
  return (await api.read("/accounts")).find((account) => account.email === email);
}

function row(name) {
  return page.getByRole("row").filter({ hasText: name });
}

function choose(dialog, csv) {
  return dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
}
