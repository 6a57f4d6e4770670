/** Milliseconds to a tenth. */
export function rounded(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
