// Sound that a test can tell: a steady tone for the microphone, and what a page hears of a call.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshFolder } from "./folder.mjs";

const SAMPLES_PER_SECOND = 48_000;
const HEADER_BYTES = 44;

/** The path of a WAV file: one second of a tone, 16 bits, mono. */
export async function tone(hertz) {
  const data = Buffer.alloc(HEADER_BYTES + SAMPLES_PER_SECOND * 2);
  data.write("RIFF", 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  data.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write("data", 36);
  data.writeUInt32LE(SAMPLES_PER_SECOND * 2, 40);
  for (let index = 0; index < SAMPLES_PER_SECOND; index += 1) {
    const swing = Math.sin((2 * Math.PI * hertz * index) / SAMPLES_PER_SECOND);
    data.writeInt16LE(Math.round(swing * 12_000), HEADER_BYTES + index * 2);
  }
  const path = join(await freshFolder(), "tone.wav");
  await writeFile(path, data);
  return path;
}

/**
 * Before a person opens pages: lets the test hear what a call brings, and keeps the browser from
 * taking a steady tone for noise, as it rightly does.
 */
export function listensIn(person) {
  return person.context.addInitScript(() => {
    const devices = navigator.mediaDevices;
    // A blank page has none.
    if (!devices) return;
    const ask = devices.getUserMedia.bind(devices);
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    devices.getUserMedia = ({ audio }) => ask({ audio: { ...Object(audio), ...plain } });
    window.offersMade = 0;
    window.Audio = class extends Audio {
      constructor() {
        super();
        // The newest alone: an older one would be kept for ever.
        window.speakerOfCall = this;
      }
    };
    const Connection = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
      constructor(...given) {
        super(...given);
        // What belongs to calls that are over would pile up in a day of calls.
        const earlier = window.connectionsOfCalls ?? [];
        const isOver = ({ signalingState }) => signalingState === "closed";
        for (const { sounds } of earlier.filter(isOver)) for (const sound of sounds) sound.close();
        window.connectionsOfCalls = [...earlier.filter((one) => !isOver(one)), this];
        this.sounds = [];
        this.addEventListener("track", ({ track }) => {
          const sound = new AudioContext();
          this.sounds.push(sound);
          const analyser = new AnalyserNode(sound, { fftSize: 4096 });
          sound.createMediaStreamSource(new MediaStream([track])).connect(analyser);
          // Of several calls the one that began last, or was held and is talked again.
          window.heardOfCall = analyser;
        });
      }
      async createOffer(...given) {
        const offer = await super.createOffer(...given);
        window.offersMade += 1;
        return offer;
      }
    };
  });
}

/** What the page hears of the call now: the loudest frequency, and how loud all is (RMS). */
export function hears(page) {
  return page.evaluate(() => {
    const analyser = window.heardOfCall;
    if (!analyser) return { hertz: 0, loudness: 0 };
    const levels = new Float32Array(analyser.frequencyBinCount);
    const swings = new Float32Array(analyser.fftSize);
    analyser.getFloatFrequencyData(levels);
    analyser.getFloatTimeDomainData(swings);
    const squares = swings.reduce((sum, swing) => sum + swing * swing, 0);
    const bin = levels.indexOf(Math.max(...levels));
    return {
      hertz: (bin * analyser.context.sampleRate) / analyser.fftSize,
      loudness: Math.sqrt(squares / swings.length),
    };
  });
}

/** What the way of the last call's sound is called: otherwise after each search for ways. */
export function nameOfWay(page) {
  return page.evaluate(async () => {
    const report = await window.connectionsOfCalls.at(-1).getStats();
    const transport = [...report.values()].find(({ type }) => type === "transport");
    const pair = report.get(transport?.selectedCandidatePairId);
    return report.get(pair?.localCandidateId)?.usernameFragment;
  });
}

/** How the sound of each call that goes leaves this browser: `host`, `srflx`, `prflx` or `relay`. */
export function waysOfSound(page) {
  return page.evaluate(async () => {
    const open = window.connectionsOfCalls.filter((one) => one.connectionState === "connected");
    const reports = await Promise.all(open.map((one) => one.getStats()));
    return reports.flatMap((report) =>
      [...report.values()]
        .filter(({ type }) => type === "transport")
        .map(({ selectedCandidatePairId: pair }) => report.get(report.get(pair).localCandidateId))
        .map(({ candidateType }) => candidateType),
    );
  });
}
