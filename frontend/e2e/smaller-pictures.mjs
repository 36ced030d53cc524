// Writes the reference pictures again with at most 256 colours each: a third of the bytes, the same to the eye.
// PNG: W3C Recommendation "Portable Network Graphics"; palette: median cut (Heckbert 1982).

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync, inflateSync } from "node:zlib";

const FOLDER = new URL("./pictures/", import.meta.url);
const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const COLOURS = 256;
const [TRUE_COLOUR, PALETTE] = [2, 3];

function* chunksOf(png) {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield [png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)];
    at += length + 12;
  }
}

/** Width, height and RGB bytes; null where it has a palette already. */
function decoded(png) {
  const chunks = [...chunksOf(png)];
  const head = chunks.find(([name]) => name === "IHDR")[1];
  const [width, height, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9]];
  if (kind === PALETTE) return null;
  if (kind !== TRUE_COLOUR)
    throw new Error(`Chromium draws in true colour; this is of kind ${kind}.`);
  const parts = chunks.filter(([name]) => name === "IDAT").map(([, data]) => data);
  return { width, height, bytes: unfiltered(inflateSync(Buffer.concat(parts)), width * 3, height) };
}

/** Undoes the filter of each row: every byte is stored as the difference to a guess. */
function unfiltered(data, stride, height) {
  const out = new Uint8Array(stride * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const row = out.subarray(y * stride, (y + 1) * stride);
    const from = y * (stride + 1);
    fill(row, above, data.subarray(from + 1, from + 1 + stride), data[from]);
    above = row;
  }
  return out;
}

function fill(row, above, differences, filter) {
  for (let x = 0; x < row.length; x += 1) {
    const left = row[x - 3] ?? 0;
    const guess = guessOf(filter, left, above[x], above[x - 3] ?? 0);
    row[x] = differences[x] + guess;
  }
}

function guessOf(filter, left, up, corner) {
  if (filter === 4) return paeth(left, up, corner);
  return [0, left, up, (left + up) >> 1][filter];
}

function paeth(left, up, corner) {
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

const keyAt = (bytes, at) => (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
const channels = (key) => [key >> 16, (key >> 8) & 255, key & 255];

/** How often each colour is used. */
function countsOf(bytes) {
  const counts = new Map();
  for (let at = 0; at < bytes.length; at += 3) {
    const key = keyAt(bytes, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function boxOf(colours) {
  const spans = [0, 1, 2].map((channel) => {
    const values = colours.map(({ rgb }) => rgb[channel]);
    return Math.max(...values) - Math.min(...values);
  });
  const span = Math.max(...spans);
  const weight = colours.reduce((sum, { weight }) => sum + weight, 0);
  return { colours, channel: spans.indexOf(span), cost: span * Math.sqrt(weight) };
}

/** The box in two, at the median of its longest side. */
function halves({ colours, channel }) {
  const sorted = colours.toSorted((a, b) => a.rgb[channel] - b.rgb[channel]);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let at = 0;
  for (let sum = 0; sum < half; at += 1) sum += sorted[at].weight;
  const cut = Math.min(Math.max(at, 1), sorted.length - 1);
  return [boxOf(sorted.slice(0, cut)), boxOf(sorted.slice(cut))];
}

/** Up to 256 colours, each the one most used of its box, and which of them stands for each key. */
function paletteOf(counts) {
  const all = [...counts].map(([key, count]) => ({
    key,
    rgb: channels(key),
    weight: count ** 0.5,
  }));
  const boxes = [boxOf(all)];
  while (boxes.length < Math.min(COLOURS, all.length)) {
    const costs = boxes.map(({ cost }) => cost);
    const [worst] = boxes.splice(costs.indexOf(Math.max(...costs)), 1);
    boxes.push(...halves(worst));
  }
  const indexOf = new Map();
  const colours = boxes.map(({ colours }, index) => {
    for (const { key } of colours) indexOf.set(key, index);
    return colours.reduce((a, b) => (a.weight >= b.weight ? a : b)).rgb;
  });
  return { colours, indexOf };
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function encoded({ width, height, bytes }) {
  const { colours, indexOf } = paletteOf(countsOf(bytes));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, PALETTE], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    rows[at + Math.floor(at / width) + 1] = indexOf.get(keyAt(bytes, at * 3));
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(colours.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

for (const name of readdirSync(FOLDER)) {
  const file = new URL(name, FOLDER);
  const picture = decoded(readFileSync(file));
  if (picture) writeFileSync(file, encoded(picture));
}
