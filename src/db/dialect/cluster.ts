/** Queries of Citus, the extension that distributes the tables of a database over several nodes. */
export interface Cluster {
  /** Returns the `version` of the extension; no row where the database lacks it. Works without it. */
  readonly extension: string;
  /**
   * Returns the number of `nodes` that take distributed rows, whether this is the coordinator (`is_coordinator`), and whether
   * it is itself a node (`has_copies`): only then has it copies of the reference tables.
   */
  readonly nodes: string;
  /** Returns a row if the table with the name bound to its only placeholder is distributed. */
  readonly isDistributed: string;
}
