/** Recognizes rows that are no community by their words. No official name of a place has these words in this way. */
import { wordsOf } from "../../headings/known/heading-words.ts";

const TOTAL_WORDS = new Set(
  "total totals subtotal subtotals grandtotal overalltotal kabuuan kabuoan kabuuang kinatibukan".split(" "),
);

/** A longer text is a sentence in which "total" may mean anything. */
const MAX_TOTAL_WORDS = 8;
const MAX_CHARACTERS = 200;

/** A shortcut: nearly every cell that is looked at is the name of a barangay. */
const MAYBE_TOTAL = /tota|t\s+o\s+t\s+a\s+l|kabu[uo]|kinatib|^\s*(sum|ttl)/i;

/** Whether a text labels a total: "TOTAL", "Sub-total", "Damulog Total", "T O T A L", "Kabuuan" (Filipino), "Kinatibuk-an" (Cebuano). */
export function isTotalLabel(text: string): boolean {
  if (text.length > MAX_CHARACTERS || !MAYBE_TOTAL.test(text)) return false;
  const words = wordsOf(text);
  if (words.length > MAX_TOTAL_WORDS && !isSpaced(words)) return false;
  return (
    words.some((word, index) => TOTAL_WORDS.has(word) || (word === "kinatibuk" && words[index + 1] === "an")) ||
    TOTAL_WORDS.has(words.join("")) ||
    (words.length === 1 && (words[0] === "sum" || words[0] === "ttl"))
  );
}

/** Words of a total's label that name no unit. */
const AROUND_UNIT = new Set(
  "grand overall sub of for the in ng sa and population households municipal municipality provincial province regional region city page barangay barangays".split(
    " ",
  ),
);

/** The unit that the label of a total names: "Damulog" of "Damulog Total" and of "TOTAL FOR DAMULOG"; "" for none. */
export function totalUnit(text: string): string {
  const words = wordsOf(text.replace(/kinatibuk-?\s?an/gi, " total "));
  if (isSpaced(words)) return "";
  return words.filter((word) => !TOTAL_WORDS.has(word) && !AROUND_UNIT.has(word) && !/^\d+$/.test(word)).join(" ");
}

/** Whether a total is that of everything above it: "Grand Total". */
export function isGrandTotal(text: string): boolean {
  return /^(grand|overall)/.test(wordsOf(text).join(""));
}

function isSpaced(words: readonly string[]): boolean {
  return words.every((word) => word.length === 1);
}

/** What the people did who signed a list. Below such a line are their names and offices. */
const SIGNED = {
  english: [
    "prepared",
    "encoded",
    "consolidated",
    "submitted",
    "received",
    "checked",
    "reviewed",
    "verified",
    "validated",
    "certified",
    "attested",
    "noted",
    "approved",
    "endorsed",
    "recommending approval",
    "conforme",
  ],
  filipino: ["inihanda", "sinuri", "pinagtibay", "nabatid"],
  cebuano: ["giandam", "gisusi"],
};
/** "Prepared by:", "Inihanda ni:", "Certified true and correct". */
const AFTER_SIGNED = ["by", "ni", "nina", "nila", "ng", "correct"];
const SIGNATURE = new RegExp(
  `^(${Object.values(SIGNED).flat().join("|")})\\b.{0,30}?(\\b(${AFTER_SIGNED.join("|")})\\b|[:;]|$)`,
  "i",
);

/** How a note begins. The words are patterns: "notes?" is "note" or "notes". */
const NOTE_MARKS = ["\\*", "†", "‡"];
/** Before a colon, a full stop or a dash; a place may have such a word in its name. */
const NOTE_LABELS = ["notes?", "sources?", "legends?", "remarks?"];
/** Before a colon: "N.B.:", and in Filipino. */
const LABELS_WITH_COLON = ["n\\.?\\s?b\\.?", "p\\.?s\\.?", "tandaan", "paalala", "pinagmulan"];
const NOTE_STARTS = [
  "notes?$",
  "footnotes?\\b",
  "disclaimer\\b",
  "date\\s*[:.]",
  "dated?\\s+(this|on|as)\\b",
  "as of\\b",
  "page\\s+\\d",
  "end of (list|report|file)",
  "x{3,}",
  "[-–*\\s.]*nothing follows",
];
const NOTE = new RegExp(
  `^\\s*(${[
    ...NOTE_MARKS,
    `(${NOTE_LABELS.join("|")})\\s*[:.–-]`,
    `(${LABELS_WITH_COLON.join("|")})\\s*:`,
    ...NOTE_STARTS,
  ].join("|")})`,
  "i",
);

export function isSignatureLine(text: string): boolean {
  return text.length <= MAX_CHARACTERS && SIGNATURE.test(text.trim());
}

export function isNoteLine(text: string): boolean {
  return NOTE.test(text.slice(0, MAX_CHARACTERS));
}

/** The names of places have at most seven words, and few have more than four. */
const SENTENCE_WORDS = 6;

export function isSentence(text: string): boolean {
  return text.trim().split(/\s+/, SENTENCE_WORDS).length === SENTENCE_WORDS;
}
