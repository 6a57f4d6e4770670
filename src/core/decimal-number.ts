/**
 * The number that a person wrote: digits, with an optional sign and decimal point. Null for everything else, also for
 * the hexadecimal numbers, exponents and "Infinity" that Number() takes: in a table or on a command line, 0x10 is a typing
 * error rather than 16.
 */
export function parseDecimal(text: string): number | null {
  const trimmed = text.trim();
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : null;
}
