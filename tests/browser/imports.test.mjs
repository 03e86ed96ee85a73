// Contacts out of a file: chosen, looked at, imported, listed, and taken out again.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const TABLE = `Vorname;Nachname;Firma;Handy;Notizen
Ada;Adams;Acme;+49 171 1234567;=1+1
Jörg;Müller;Bäckerei;+49 171 7654321;
Eve;;;keine;
`;

let office;

before(async () => {
  const linecard = await startLinecard();
  const browser = await openBrowser();
  const admin = await browser.person("admin");
  office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
  await console.goesTo(office, "Phonebooks");
  await office.getByRole("button", { name: "New phonebook" }).click();
  const dialog = office.getByRole("dialog", { name: "New phonebook" });
  await dialog.getByLabel("Name").fill("Kunden");
  await dialog.getByRole("button", { name: "New phonebook" }).click();
  await office.getByRole("link", { name: "Kunden" }).click();
});

function becomes(column) {
  return office.getByRole("combobox", { name: `What “${column}” becomes` });
}

story("a file is shown as it would be taken before anything is written", async () => {
  await office.getByRole("link", { name: "Import", exact: true }).click();
  await office.getByRole("heading", { name: "Import into “Kunden”" }).waitFor();
  await office.locator("input[type=file]").setInputFiles({
    name: "kontakte.csv",
    mimeType: "text/csv",
    // As an older program in Germany writes it.
    buffer: Buffer.from(TABLE, "latin1"),
  });
  await office.getByRole("button", { name: "Continue" }).click();
  await office.getByText("2 contacts").waitFor();
  assert.equal(await becomes("Handy").inputValue(), "Mobile");
  await office.getByRole("cell", { name: "Jörg Müller Bäckerei" }).waitFor();
  await office.getByText("Column 4: not a phone number").waitFor();
});

story("a column that becomes something else is asked about anew", async () => {
  const column = becomes("Handy");
  await column.click();
  await office.getByRole("option", { name: "Remark", exact: true }).click();
  await office.getByText("Say which column is a phone number.").waitFor();
  await column.click();
  await office.getByRole("option", { name: "Mobile", exact: true }).click();
  await office.getByText("2 contacts").waitFor();
});

story("what came of it is told, and the rows that were not taken are listed", async () => {
  await office.getByRole("button", { name: "Import", exact: true }).click();
  await office.getByText("2 added · 1 not taken").waitFor();
  await office.getByRole("cell", { name: "Eve;;;keine;" }).waitFor();
  const [list] = await Promise.all([
    office.waitForEvent("download"),
    office.getByRole("link", { name: "Download the list" }).click(),
  ]);
  assert.equal(list.suggestedFilename(), "kontakte.csv - not taken.csv");
  await office.getByRole("link", { name: "To the contacts" }).last().click();
  await office.getByText("Jörg Müller").waitFor();
});

story("f17 an admin exports what a spreadsheet can open without harm", async () => {
  await office.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    office.waitForEvent("download"),
    office.getByRole("menuitem", { name: "CSV, for spreadsheets" }).click(),
  ]);
  assert.equal(file.suggestedFilename(), "Kunden.csv");
});

story("what an import added is taken out again", async () => {
  await office.getByRole("link", { name: "Import", exact: true }).click();
  await office.getByRole("button", { name: "kontakte.csv" }).click();
  await office.getByRole("button", { name: "Take out again" }).click();
  const dialog = office.getByRole("dialog", { name: "Take 2 contacts out again?" });
  await dialog.getByRole("button", { name: "Take out again" }).click();
  await office.getByText("2 added · 1 not taken · 2 taken out again").waitFor();
});
