import type { Session } from "../connection/session.ts";
import { presentRow } from "../schema/other-columns.ts";
import { ownColumn } from "../schema/schema.ts";

/**
 * The version of the community of a barangay, and the join that it needs. Only the base table has it: in the relation,
 * every read would fail where the application has a view.
 *
 * Null where communities are distributed. The write then fails by itself if another transaction has changed the row since
 * this one's snapshot: see src/db/transaction/nodes.ts.
 *
 * @param barangay the id of the barangay, as SQL
 */
export function communityVersion({ schema, dialect }: Session, barangay: string): { value: string; join: string } {
  const { expressions } = dialect;
  if (schema.distribution !== null) return { value: expressions.nullOf("text"), join: "" };
  const { obc_communities: table } = schema.tables;
  return {
    value: expressions.rowVersion("present"),
    join: presentRow(table.name, ownColumn(table, "barangay_id"), barangay),
  };
}
