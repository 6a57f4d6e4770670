import { foldName, joinSorted, joinWords, lettersOf, placeWords } from "./place-words.ts";

/**
 * The forms of a barangay's name, from strict to loose. Where two names share a form, the match has the looser of the
 * two ranks. The strictest rank with a match decides.
 */
export const FORM_RANK = {
  /** The same letters and digits. */
  letters: 0,
  /** The same words, after expanding abbreviations and converting roman numerals. */
  words: 1,
  /** Without a leading "Barangay". */
  withoutBarangay: 2,
  /** Without a note in brackets, or with the words in another order. */
  withoutNote: 3,
  /** Without "Poblacion" and "Barangay" in any position. */
  core: 4,
  /** One of several names: the one in brackets, a part of "Bgy. 37 - Calayab", or a former name. */
  alternative: 5,
} as const;

export const LOOSEST_RANK = FORM_RANK.alternative;

/** Words that do not identify a barangay: a part made of them alone is not a name. */
const GENERIC = new Set(
  "lower upper sr jr east west north south norte sur proper poblacion barangay district zone capital rural".split(" "),
);

/** The forms of a name, each with its strictest rank. */
export function barangayForms(name: string): Map<string, number> {
  const forms = new Map<string, number>();
  const add = (key: string, rank: number) => {
    if (key !== "" && key !== "~" && (forms.get(key) ?? Number.POSITIVE_INFINITY) > rank) forms.set(key, rank);
  };
  const folded = foldName(name);
  add(`=${lettersOf(name)}`, FORM_RANK.letters);
  const words = placeWords(folded);
  add(joinWords(words), FORM_RANK.words);
  addTrimmed(words, FORM_RANK.withoutBarangay, add);
  add(joinSorted(words), FORM_RANK.withoutNote);

  const note = /\(([^)]*)\)?/.exec(folded)?.[1] ?? "";
  if (note !== "") {
    const noteWords = placeWords(note);
    // The note may be a word of the name, as "(Pob.)" is: see the forms of all words above.
    const bare = placeWords(folded.replace(/\([^)]*\)?/g, " "));
    addTrimmed(bare, FORM_RANK.withoutNote, add);
    addNamed(noteWords, add);
  }
  const parts = folded
    .replace(/\([^)]*\)?/g, " ")
    .split(/\s-\s|\s-|-\s|,|\//)
    .map(placeWords);
  if (parts.length > 1) for (const part of parts) addNamed(part, add);
  return forms;
}

/**
 * The forms of a former name of a barangay. They are loose, except that an exact former name ranks like a current name
 * with converted numerals: "Poblacion IV" is now Poblacion 3, while the current Poblacion 4 was V.
 */
export function oldNameForms(name: string): Map<string, number> {
  const forms = new Map<string, number>();
  for (const [key, rank] of barangayForms(name)) {
    forms.set(key, rank <= FORM_RANK.words ? FORM_RANK.words : FORM_RANK.alternative);
  }
  return forms;
}

type Add = (key: string, rank: number) => void;

function addTrimmed(words: string[], rank: number, add: Add): void {
  add(joinWords(words), rank);
  if (words[0] === "barangay") add(joinWords(words.slice(1)), rank);
  add(joinWords(words.filter((word) => word !== "poblacion" && word !== "barangay")), FORM_RANK.core);
}

/** Adds a part of a name that can stand for the whole. */
function addNamed(words: string[], add: Add): void {
  if (words.every((word) => GENERIC.has(word))) return;
  add(joinWords(words), FORM_RANK.alternative);
  add(joinWords(words.filter((word) => word !== "poblacion" && word !== "barangay")), FORM_RANK.alternative);
}
