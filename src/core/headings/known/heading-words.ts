/** Removes from headings what does not change their meaning. */

/** Removes case, blanks, punctuation and diacritics. "60+" becomes "60plus": 60 alone would mean something else. */
export function squeezeHeading(heading: string): string {
  return wordsOf(heading).join("");
}

/** The words of a heading in lower case. Marks that change the meaning become words: % is not a count, # is. */
export function wordsOf(heading: string): string[] {
  return (
    heading
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/\+/g, "plus ")
      .replace(/&/g, " and ")
      .replace(/%/g, " percent ")
      .replace(/#/g, " no ")
      .replace(/['’]/g, "")
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** Words that say that a column counts something: "No. of", "Total", "Bilang ng mga" (Filipino), "Gidaghanon sa" (Cebuano). */
const COUNTING = new Set(
  "total no nos number num count of the est estimated bilang dami kabuuan kabuuang kabuoang ng sa mga gidaghanon ihap kinatibuk an ang".split(
    " ",
  ),
);
const COUNTING_AFTER = new Set("count no nos number total kabuuan".split(" "));

const YEAR = /^(19|20)\d\d$/;
const DATE_WORDS = new Set(
  "as of in for cy fy year jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december".split(
    " ",
  ),
);

/** The words without counting words around them, and without a year. */
export function meaningfulWords(heading: string): string[] {
  let words = withoutYear(wordsOf(heading));
  // Written as one word, as in the names of columns: NoOfHouseholds.
  const first = words[0] ?? "";
  const joined = /^(?:total)?(?:no|nos|number)of(?=.)/.exec(first);
  if (joined !== null) words = [first.slice(joined[0].length), ...words.slice(1)];
  while (words.length > 1 && COUNTING.has(words[0] as string)) words = words.slice(1);
  while (words.length > 1 && COUNTING_AFTER.has(words.at(-1) as string)) words = words.slice(0, -1);
  return words;
}

/** "Population 2024", "2024 Population", "Population as of June 2024". */
function withoutYear(words: readonly string[]): string[] {
  const kept = words.filter((word) => !YEAR.test(word));
  if (kept.length === words.length) return kept;
  while (kept.length > 1 && DATE_WORDS.has(kept.at(-1) as string)) kept.pop();
  while (kept.length > 1 && DATE_WORDS.has(kept[0] as string)) kept.shift();
  return kept;
}

/** Whether a heading says no more than that a column counts what the heading above it names. */
export function isCountingOnly(heading: string): boolean {
  const words = wordsOf(heading);
  return words.length > 0 && words.every((word) => COUNTING.has(word) || COUNTING_AFTER.has(word));
}
