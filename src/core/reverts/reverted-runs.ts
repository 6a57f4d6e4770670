/** A run that takes another one back. */
export interface Reversal {
  id: number;
  /** The run that it takes back. */
  reverts: number;
}

/**
 * The ids of the runs that are taken back. A revert that is taken back itself no longer counts.
 *
 * @param reversals newest first
 */
export function revertedRuns(reversals: readonly Reversal[]): Set<number> {
  const reverted = new Set<number>();
  for (const { id, reverts } of reversals) if (!reverted.has(id)) reverted.add(reverts);
  return reverted;
}
