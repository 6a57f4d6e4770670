import type { TriggerProblem } from "../../core/sync/broken-trigger.ts";
import type { Schema } from "../schema/schema.ts";
import type { Statement } from "./statement.ts";

/** Change capture: its triggers, and whether the database has them. */
export interface Capture {
  /** The triggers on the tables of a schema. */
  triggers(schema: Schema): Trigger[];
  /** Returns every trigger that is named as the program's are. Reads only the catalog. */
  readonly present: Statement;
  /** What is wrong with a trigger that is on its table. */
  problemOf(trigger: Trigger, present: PresentTrigger): TriggerProblem | null;
  /**
   * The statements that create triggers again, for one transaction. On PostgreSQL each waits for the transactions that are
   * writing to its table, and a row has the `owner` of the tables.
   */
  putBack(schema: Schema, broken: ReadonlyArray<{ trigger: Trigger; problem: TriggerProblem }>): Statement[];
}

/** A row of `Capture.present`. Its other columns are for `problemOf`. */
export interface PresentTrigger extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly table_name: string;
}

/** One trigger and the statements that create and drop it. */
export interface Trigger {
  name: string;
  /** The base table that it is on. */
  table: string;
  /** Replaces a trigger of this name, on PostgreSQL only on the same table. */
  create: string[];
  drop: string[];
}
