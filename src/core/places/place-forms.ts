import { foldName, joinSorted, joinWords, lettersOf, placeWords } from "./place-words.ts";

/**
 * The ways in which a barangay's name is written, from strict to loose. Two names meet at the looser of the two
 * ranks at which they agree, and the strictest rank that has an answer decides.
 */
export const FORM_RANK = {
  /** The same letters and figures. */
  letters: 0,
  /** The same words: abbreviations written out, numerals as figures. */
  words: 1,
  /** Without a leading "Barangay". */
  withoutBarangay: 2,
  /** Without a bracketed note, or with its words in another order. */
  withoutNote: 3,
  /** Without "Poblacion" and "Barangay" wherever they stand. */
  core: 4,
  /** By one of its names: the one in brackets, one part of "Bgy. 37 - Calayab", an old name. */
  alternative: 5,
} as const;

export const LOOSEST_RANK = FORM_RANK.alternative;

/** Words that alone tell nothing: a part of a name that is one of them is no name. */
const GENERIC = new Set(
  "lower upper sr jr east west north south norte sur proper poblacion barangay district zone capital rural".split(" "),
);

/** Each form of a name with the strictest rank at which it is one. */
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
    // "(Pob.)" is a word of the name that happens to stand in brackets.
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
 * The forms under which an old name of a barangay is looked up: loose ones, save that an old name written just so
 * counts as much as a present one whose numerals had to be read first ("Poblacion IV" is now 3, and 4 was V).
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

/** A part of a name under which the whole is known too. */
function addNamed(words: string[], add: Add): void {
  if (words.every((word) => GENERIC.has(word))) return;
  add(joinWords(words), FORM_RANK.alternative);
  add(joinWords(words.filter((word) => word !== "poblacion" && word !== "barangay")), FORM_RANK.alternative);
}
