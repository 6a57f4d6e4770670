/** Number formats. Dates and percentages are stored as numbers, and only the format distinguishes them. */

export interface NumberFormat {
  id: number;
  /** Format code, if the workbook defines it; undefined for a built-in format. */
  code: string | undefined;
}

/** What a number format shows: 45870 may stand for 1 August 2025, and 1 for 100 %. */
export type Shown = "number" | "date" | "percentage";

export function shownBy(format: NumberFormat): Shown {
  if (isDateFormat(format)) return "date";
  return isPercentFormat(format) ? "percentage" : "number";
}

/** Built-in date formats (ECMA-376 part 1, 18.8.30): 14-22 and 45-47; in East Asian editions also 27-36 and 50-58. */
function isDateFormat({ id, code }: NumberFormat): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49);
  return /[ymdhs]/i.test(withoutLiterals(code).replace(/general/gi, ""));
}

/** Built-in formats 9 (0%) and 10 (0.00%). */
function isPercentFormat({ id, code }: NumberFormat): boolean {
  return code === undefined ? id === 9 || id === 10 : withoutLiterals(code).includes("%");
}

/**
 * Removes what stands for itself: characters in quotes, after a backslash or an underscore, and in brackets (colours,
 * currencies). Elapsed hours, minutes and seconds ([h]) stay.
 */
function withoutLiterals(code: string): string {
  return code.replace(/"[^"]*"|[\\_*]./g, "").replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, "");
}
