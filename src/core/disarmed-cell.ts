/**
 * Cells that a spreadsheet program would run as formulas when it opens a CSV file. An apostrophe before them makes them
 * text, as it does in a spreadsheet; docs/decisions/disarmed-formulas.md says why, and which cells are left as they are.
 */

/** What OWASP lists, in both widths, after blanks too. Apostrophes in front count, so that adding one can be undone. */
const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A number with a sign, such as -3 or +1,234.50, or the sign alone, which stands for an empty cell in many lists. */
const SIGNED_NUMBER = /^[+-](\d[\d,]*)?(\.\d+)?%?$/;

export function disarmed(cell: string): string {
  return FORMULA.test(cell) && !SIGNED_NUMBER.test(cell.trim()) ? `'${cell}` : cell;
}

/** The cell before it was disarmed. Every other cell is left as it is. */
export function rearmed(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
