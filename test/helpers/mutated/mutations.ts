/** What happens to files: on a disk, in a mail, in an editor, and by malice. */
import { gunzipSync, gzipSync } from "node:zlib";
import { unzipSync, zipSync } from "fflate";
import { pick, type Random } from "../../../fixtures/seeded-random.ts";

/** Pieces of the formats, and values at their limits. */
const PIECES = [
  ...['"', '""', "'", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\0", "\u0085", "\u2028", "\ufeff", "\ufffd", "\ud800"],
  ...["\u001b[31m", "\u001b]0;x\u0007", "\u009b2J", "\u202e", "\u2066", "\u200b", "ñ", "Ã±", "٣", "１２"],
  ...["=1+1", "@SUM(A1)", "-1", "-0", "0x10", "1e309", "NaN", "Infinity", "1.5", "2147483648", "9007199254740993"],
  ...["9".repeat(400), "0".repeat(40), "1001301001", "1001301012", "999999999", "null", "true", "{}", "[]", "#REF!"],
  ...[
    '{"a":',
    "[".repeat(30_000),
    '{"a":'.repeat(20_000),
    "ab ".repeat(20_000),
    "(".repeat(20_000),
    ",\n".repeat(20_000),
  ],
  ...['"'.repeat(20_001), "x".repeat(70_000), "\\u0000", "\\ud800", "__proto__", "constructor", "toString"],
  ...[
    "<",
    ">",
    "&",
    "&#x0;",
    "&#xD800;",
    "&a;",
    "<!DOCTYPE a>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<?xml",
    "_x0000_",
    "_xD800_",
  ],
  ...[
    'r="1e9"',
    'r="XFD1"',
    'r="A"',
    't="s"',
    't="d"',
    't="b"',
    's="-1"',
    '<row r="NaN">',
    "<c/>",
    "<v>1</v>",
    "</row>",
  ],
  ...[
    'ref="A1:A1048576"',
    '<mergeCell ref="A2:A9999999"/>',
    'Target="http://["',
    'Target="../../x"',
    "<row/>".repeat(20_000),
  ],
];

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const MUTATIONS: [Mutation, ...Mutation[]] = [
  (bytes, random) => replaced(bytes, position(bytes, random), 1, Buffer.of(Math.floor(random() * 256))),
  (bytes, random) => bytes.subarray(0, position(bytes, random)),
  (bytes, random) => replaced(bytes, position(bytes, random), Math.floor(random() * 60), Buffer.alloc(0)),
  (bytes, random) => replaced(bytes, position(bytes, random), Math.floor(random() * 10), piece(random)),
  (bytes, random) => replaced(bytes, valueStart(bytes, random), 0, piece(random)),
  (bytes, random) => {
    const [from, to] = [position(bytes, random), position(bytes, random)].sort((left, right) => left - right);
    return replaced(bytes, position(bytes, random), 0, bytes.subarray(from, to));
  },
];

function piece(random: Random): Buffer {
  return Buffer.from(pick(random, PIECES as [string, ...string[]]));
}

function position(bytes: Buffer, random: Random): number {
  return Math.floor(random() * (bytes.length + 1));
}

/** A position behind a character that often stands before a value. */
function valueStart(bytes: Buffer, random: Random): number {
  const start = position(bytes, random);
  const next = bytes.subarray(start).findIndex((byte) => ',;\t|\n":>'.includes(String.fromCharCode(byte)));
  return next === -1 ? start : start + next + 1;
}

function replaced(bytes: Buffer, start: number, length: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(start + length)]);
}

function mutatedBytes(bytes: Buffer, random: Random): Buffer {
  let mutated = bytes;
  const times = 1 + Math.floor(random() ** 3 * 6);
  for (let index = 0; index < times; index += 1) mutated = pick(random, MUTATIONS)(mutated, random);
  return mutated;
}

/** Mutates a file, or what is packed in it: any change of a compressed file would only damage it. */
export function mutatedFile(name: string, bytes: Buffer, random: Random): Buffer {
  if (random() < 0.2) return mutatedBytes(bytes, random);
  if (name.endsWith(".gz")) return gzipSync(mutatedBytes(gunzipSync(bytes), random));
  if (!name.endsWith(".xlsx")) return mutatedBytes(bytes, random);
  const parts = unzipSync(bytes);
  const part = pick(random, Object.keys(parts) as [string, ...string[]]);
  return Buffer.from(zipSync({ ...parts, [part]: mutatedBytes(Buffer.from(parts[part] as Uint8Array), random) }));
}
