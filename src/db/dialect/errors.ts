import type { ObcSyncError } from "../../core/errors.ts";

export interface ErrorTranslator {
  /** Whether the account lacks the right for a statement. */
  isRefused(error: unknown): boolean;
  /** Whether a statement named a table of the bookkeeping that does not exist. */
  lacksBookkeeping(error: unknown): boolean;
  /** The column that a statement named and a table lacks, as the driver names it; null if the error is another. */
  missingColumn(error: unknown): string | null;
  /** Whether a transaction failed because of a concurrent one and can be run again. */
  isRetryable(error: unknown): boolean;
  /** An error that the user can act on; null if the driver's message says it all. */
  explain(error: unknown, database: string): ObcSyncError | null;
}
