/**
 * Normalizes names of places to lists of words, so that "Brgy. Sto. Niño II" and "BARANGAY SANTO NINO 2" are equal.
 * Every rule maps variants of the same word; none is a guess.
 */

/** Abbreviations and variants, each with the word that it stands for. */
const WRITTEN_OUT: Record<string, string> = {
  sto: "santo",
  sta: "santa",
  gen: "general",
  genl: "general",
  pres: "president",
  sen: "senator",
  gov: "governor",
  dr: "doctor",
  dra: "doctora",
  fr: "father",
  engr: "engineer",
  hda: "hacienda",
  had: "hadji",
  haji: "hadji",
  hji: "hadji",
  nstra: "nuestra",
  ntra: "nuestra",
  sra: "senora",
  brgy: "barangay",
  bgy: "barangay",
  bgry: "barangay",
  brg: "barangay",
  brngy: "barangay",
  baranggay: "barangay",
  pob: "poblacion",
  pobl: "poblacion",
  dist: "district",
  subd: "subdivision",
  vill: "village",
  junior: "jr",
  senior: "sr",
  mt: "mount",
  ave: "avenue",
  blvd: "boulevard",
  first: "1",
  second: "2",
  third: "3",
  fourth: "4",
  fifth: "5",
};

const ORDINAL_ENDINGS = new Set(["st", "nd", "rd", "th"]);

/** The longest name in the PSGC has 59 characters. */
export const MAX_NAME_CHARACTERS = 200;

/** A name, cut off at a length that no place's name has: a cell may hold a megabyte. */
export function cutName(name: string): string {
  return name.length <= MAX_NAME_CHARACTERS ? name : name.slice(0, MAX_NAME_CHARACTERS);
}

/** Cuts off a reference to a place: its name, and the names of up to three units above it. */
export function cutReference(text: string): string {
  return text.slice(0, 4 * MAX_NAME_CHARACTERS);
}

/** Removes case, diacritics and apostrophes from a name, and replaces a damaged ñ by n. */
export function foldName(name: string): string {
  return (
    cutName(name)
      // UTF-8 decoded as Windows-1252, and characters that a program could not encode.
      .replace(/Ã±|Ã‘/g, "n")
      .replace(/(?<=\p{L})[?\uFFFD](?=\p{L})/gu, "n")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/['’‘`´]/g, "")
  );
}

/** The folded name with each run of other characters replaced by a single blank. */
export function lettersOf(name: string): string {
  return foldName(name)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The words of a folded name: abbreviations expanded, roman numerals converted, "No." before a number removed. */
export function placeWords(folded: string): string[] {
  const raw =
    folded
      .replace(/&/g, " and ")
      .replace(/\bma\./g, "maria ")
      .match(/[a-z]+|\d+/g) ?? [];
  const words: string[] = [];
  for (const [index, word] of raw.entries()) {
    const next = raw[index + 1];
    const followedByNumber = next !== undefined && numberOf(next) !== null;
    if ((word === "no" || word === "nos" || word === "number" || word === "num") && followedByNumber) continue;
    if (ORDINAL_ENDINGS.has(word) && /^\d+$/.test(raw[index - 1] ?? "")) continue;
    // "St. Francis" is Saint Francis; "Magallanes St." is Magallanes Street.
    if (word === "st") words.push(next === undefined ? "street" : "saint");
    else words.push(numberOf(word) ?? WRITTEN_OUT[word] ?? word);
  }
  return words;
}

const ROMAN = /^(x{0,3})(ix|iv|v?i{0,3})$/;

/** The number that a word stands for, a roman numeral from 1 to 39 included; null for any other word. */
function numberOf(word: string): string | null {
  if (/^\d+$/.test(word)) return String(Number(word));
  const match = ROMAN.exec(word);
  if (match === null || word === "") return null;
  const ones = { "": 0, i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6, vii: 7, viii: 8, ix: 9 }[match[2] as string] as number;
  return String((match[1] as string).length * 10 + ones);
}

/** Joins words to a key. Word breaks do not matter ("Lal-Lo", "Lallo") except between numbers ("1 1", "11"). */
export function joinWords(words: readonly string[]): string {
  let key = "";
  let afterNumber = false;
  for (const word of words) {
    if (afterNumber && /^\d/.test(word)) key += ".";
    key += word;
    afterNumber = /\d$/.test(word);
  }
  return key;
}

/** Joins words to a key that does not depend on their order ("Dagsian, Lower", "Lower Dagsian"). */
export function joinSorted(words: readonly string[]): string {
  return `~${joinWords(words.toSorted())}`;
}

/** Whether a word of the name is a roman numeral. */
export function hasRomanNumeral(name: string): boolean {
  return (foldName(name).match(/[a-z]+/g) ?? []).some((word) => numberOf(word) !== null);
}
