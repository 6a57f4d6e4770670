/** Rounds milliseconds to one decimal. */
export function rounded(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
