// A company on a real Asterisk whose agents sit at softphones: Alice at 101 and Bob at 102, each in a
// browser of their own with a tone of their own as the microphone. Callers outside give back all they
// hear, so a tone that comes back has been to the far end.
import { isReachable } from "./ami.mjs";
import { Api } from "./api.mjs";
import { asteriskUp } from "./asterisk.mjs";
import { openBrowser } from "./browser.mjs";
import * as console from "./console.mjs";
import { goesOnDuty } from "./desk.mjs";
import { eventually } from "./eventually.mjs";
import { startLinecard } from "./linecard.mjs";
import { hears, listensIn, tone } from "./sound.mjs";

export const TONES = { alice: 440, bob: 660 };
/** Rings desk phone and softphone of 101. */
export const ALICE = "5551301";

/** Two steps of the analysis. */
const CLOSE_HERTZ = 24;
const LOUD = 0.05;

/**
 * @param {{ bob?: boolean, linecard?: () => Promise<object>, encrypts?: Encryption, away?: FarAway }} with
 * whether Bob is there, too; how Linecard starts; what stands before Asterisk and encrypts; where Alice
 * is, when she is far away
 */
export async function openSoftphones({ bob = false, linecard: start, encrypts, away } = {}) {
  const [asterisk, linecard] = await Promise.all([
    asteriskUp(undefined, { softphones: true }),
    (start ?? startLinecard)(),
  ]);
  const address = await encrypts?.standsBefore(asterisk.facts.http_port);
  const admin = await (await openBrowser()).person("admin");
  const page = await admin.opens(linecard.setUpLink);
  await console.setsUp(page);
  await console.addsAsterisk(page, asterisk.facts, { softphones: address ?? true });
  await page.getByText("Connected", { exact: true }).waitFor();
  await console.goesTo(page, "Extensions");
  await page.getByRole("button", { name: "Fetch from the phone system" }).click();
  const office = new Office(asterisk, linecard, page, new Api(linecard.home, admin.context));
  await away?.opensDoor(linecard.home);
  const chromium = away && { program: await away.chromium() };
  office.alice = await office.seat("alice", "101", "Alice Adams", chromium);
  if (bob) office.bob = await office.seat("bob", "102", "Bob Brown");
  return office;
}

class Office {
  #keptBefore;

  constructor(asterisk, linecard, page, api) {
    Object.assign(this, { asterisk, linecard, page, api });
  }

  /** Somebody on duty at an extension, whose softphone is registered. */
  async seat(name, extension, fullName, chromium = {}) {
    const browser = await openBrowser({ microphone: await tone(TONES[name]), ...chromium });
    const person = await browser.person(name);
    await listensIn(person);
    const email = `${name}@example.com`;
    await this.page.bringToFront();
    await console.goesTo(this.page, "Extensions");
    await console.names(this.page, { number: extension, name: fullName, email });
    const desk = await person.opens(await console.invites(this.page, extension));
    await desk.waitForURL("**/desk/");
    await goesOnDuty(desk);
    await eventually(`the softphone of ${extension} is registered`, () =>
      isReachable(this.asterisk.facts, `PJSIP/${extension}-web`),
    );
    return { person, desk };
  }

  /** The next call that is kept. */
  async kept() {
    const call = await eventually("the call is kept", async () => {
      const [newest] = (await this.api.read("/calls?limit=1")).calls;
      return newest?.state === "ended" && newest.id !== this.#keptBefore && newest;
    });
    this.#keptBefore = call.id;
    return call;
  }
}

/** Waits until a page hears this tone. */
export function hearsTone(desk, hertz) {
  return eventually(`${hertz} Hz are heard`, async () => {
    const heard = await hears(desk);
    return Math.abs(heard.hertz - hertz) < CLOSE_HERTZ && heard.loudness > LOUD;
  });
}

/** The agents' parts of a call: extension and what became of it. */
export function partsOf(call) {
  return call.legs
    .filter(({ role }) => role === "agent")
    .map(({ extension, outcome }) => [extension, outcome]);
}
