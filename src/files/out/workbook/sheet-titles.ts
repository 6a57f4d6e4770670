/** The name of a sheet of .xlsx has at most 31 characters. */
const LONGEST = 31;

/** The names of sheets as a workbook can have them: other formats allow longer ones, and marks that .xlsx does not. */
export function sheetTitles(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const whole = name.replace(/[[\]:*?/\\]/g, " ").trim() || "Sheet";
    let title = whole.slice(0, LONGEST);
    for (let number = 2; taken.has(title.toLowerCase()); number += 1) {
      const end = ` (${number})`;
      title = whole.slice(0, LONGEST - end.length) + end;
    }
    taken.add(title.toLowerCase());
    return title;
  });
}
