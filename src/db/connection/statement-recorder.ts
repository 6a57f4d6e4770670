import type { Knex } from "knex";
import type { Purpose } from "../../core/statement-counts.ts";
import { purposeOf } from "./statements.ts";

export interface RecordedStatement {
  purpose: Purpose;
  sql: string;
  ms: number;
  rows: number;
}

export interface StatementRecorder {
  /** Forgets what was recorded so far. */
  start(): void;
  statements(): RecordedStatement[];
  /** Runs work whose statements are not to be recorded. */
  unrecorded<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the recording. */
  stop(): void;
}

interface SentQuery {
  sql: string;
  __knexQueryUid: string;
  response?: unknown;
}

/** Records each statement that knex hands to the driver, how long the answer took and how many rows it was about. */
export function recordStatements(knex: Knex): StatementRecorder {
  let recorded: RecordedStatement[] = [];
  let recording = true;
  const sent = new Map<string, { statement: RecordedStatement; at: number }>();
  const onQuery = ({ sql, __knexQueryUid }: SentQuery) => {
    if (!recording) return;
    // What opens and closes a transaction is sent without an answer that could be seen here: it stays at 0 ms.
    const statement = { purpose: purposeOf(sql), sql, ms: 0, rows: 0 };
    recorded.push(statement);
    sent.set(__knexQueryUid, { statement, at: performance.now() });
  };
  const onResponse = (_response: unknown, { __knexQueryUid, response }: SentQuery) => {
    const answered = sent.get(__knexQueryUid);
    if (answered === undefined) return;
    sent.delete(__knexQueryUid);
    answered.statement.ms = performance.now() - answered.at;
    answered.statement.rows = rowsOf(response);
  };
  knex.on("query", onQuery).on("query-response", onResponse);
  return {
    start: () => {
      recorded = [];
      sent.clear();
    },
    statements: () => [...recorded],
    unrecorded: async (work) => {
      recording = false;
      try {
        return await work();
      } finally {
        recording = true;
      }
    },
    stop: () => {
      knex.removeListener("query", onQuery).removeListener("query-response", onResponse);
    },
  };
}

/** The rows of a read, or the count that a driver returns for a write. */
function rowsOf(response: unknown): number {
  if (Array.isArray(response)) return response.length;
  const { changes, rowCount } = (response ?? {}) as { changes?: number; rowCount?: number | null };
  return changes ?? rowCount ?? 0;
}
