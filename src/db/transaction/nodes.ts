import { UsageError } from "../../core/errors.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import type { Distribution } from "../schema/schema.ts";

/**
 * Prepares a transaction for distributed communities.
 *
 * @throws UsageError in a caller's transaction whose statements each see another snapshot: a change committed between the
 * plan and the clearing of the log would be lost
 */
export async function beginOnNodes(open: OpenTransaction, { begin }: Distribution): Promise<void> {
  const [row] = await read<{ isolation: string }>(open, "control", { sql: begin, bindings: [] });
  if (row?.isolation !== "read committed") return;
  throw new UsageError(
    "communities are distributed over several nodes, and the transaction is read committed",
    'Begin it with { isolationLevel: "repeatable read" }.',
  );
}
