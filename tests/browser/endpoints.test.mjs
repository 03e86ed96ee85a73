// Whose a phone is: tried out, found, assigned and imported in the Console, and told where not.
import { before } from "node:test";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

let asterisk;
let office;

before(async () => {
  const [instance, linecard] = await Promise.all([asteriskUp(), startLinecard()]);
  asterisk = instance;
  const browser = await openBrowser();
  const admin = await browser.person("admin");
  office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
});

story("settings are tried before they are saved", async () => {
  await console.addsAsterisk(office, asterisk.facts);
  await office.getByText("Connected", { exact: true }).waitFor();
  await office.getByLabel("Secret", { exact: true }).fill("not-the-secret");
  await office.getByRole("button", { name: "Test", exact: true }).click();
  const alert = office.getByRole("alert");
  await alert.getByText("Asterisk refused the manager user or its secret.").waitFor();
  await office.getByLabel("Secret", { exact: true }).fill("");
  await office.getByRole("button", { name: "Test", exact: true }).click();
  await office.getByText(/^It works: Asterisk [\d.]+ answers$/).waitFor();
});

story("x7 a phone that belongs to nobody is told and assigned on the spot", async () => {
  await office.getByLabel("Own phones").fill(String.raw`PJSIP/1\d\d`);
  await office.getByRole("button", { name: "Save", exact: true }).click();
  await isOwnedBy("PJSIP/202", "Nobody");
  // The patterns do not name 201 either, but a hint of Asterisk does.
  await isOwnedBy("PJSIP/201", "Extension 301, as found");

  await console.goesTo(office, "Extensions");
  await office.getByText("1 phone or line belongs to nobody").waitFor();
  await office.getByRole("button", { name: "Assign", exact: true }).click();
  const dialog = office.getByRole("dialog", { name: "Whose are these?" });
  await owner("PJSIP/202").click();
  await office.getByRole("option", { name: "An extension", exact: true }).click();
  await dialog.getByLabel("Extension: PJSIP/202").fill("101");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await office.getByText("belongs to nobody").waitFor({ state: "hidden" });
});

/** Where the Console shows and takes whose `endpoint` is. */
function owner(endpoint) {
  return office.getByRole("combobox", { name: `Belongs to: ${endpoint}` });
}

async function isOwnedBy(endpoint, wanted) {
  await eventually(`${endpoint} is: ${wanted}`, async () => {
    return (await owner(endpoint).inputValue()) === wanted;
  });
}

story(
  "b4 people come from the phone system with all their phones, and from a spreadsheet",
  async () => {
    await office.getByRole("button", { name: "Fetch from the phone system" }).click();
    const alice = office.getByRole("row").filter({ hasText: "alice@example.com" });
    await alice.getByText("PJSIP/101", { exact: true }).waitFor();
    await alice.getByText("PJSIP/202", { exact: true }).waitFor();

    await office.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = office.getByRole("dialog", { name: "Import extensions" });
    const csv = "extension,name,email\n102,Bob Brown,bob@example.com\nfront,Eve,eve@example.com\n";
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await dialog.getByText("1 extension will be added or changed").waitFor();
    await dialog.getByText(/^Line 3: no extension/).waitFor();
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await office.getByRole("row").filter({ hasText: "bob@example.com" }).waitFor();
  },
);
