import type { Knex } from "knex";
import type { Purpose } from "../../core/statement-counts.ts";
import { purposeOf } from "../connection/statements.ts";

export interface RecordedStatement {
  purpose: Purpose;
  sql: string;
  ms: number;
  rows: number;
}

export interface StatementRecorder {
  /** Discards what was recorded so far. */
  start(): void;
  statements(): RecordedStatement[];
  /** Runs `work` without recording its statements. */
  unrecorded<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the recording. */
  stop(): void;
}

interface SentQuery {
  sql: string;
  __knexQueryUid: string;
  response?: unknown;
}

/** Records each statement that Knex sends to the driver, its duration and its number of rows. */
export function recordStatements(knex: Knex): StatementRecorder {
  let recorded: RecordedStatement[] = [];
  let recording = true;
  const sent = new Map<string, { statement: RecordedStatement; at: number }>();
  const onQuery = ({ sql, __knexQueryUid }: SentQuery) => {
    if (!recording) return;
    // Knex emits no response event for BEGIN and COMMIT, so their duration stays 0 ms.
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

/** The number of rows that a statement read or changed. */
function rowsOf(response: unknown): number {
  if (Array.isArray(response)) return response.length;
  const { changes, rowCount } = (response ?? {}) as { changes?: number; rowCount?: number | null };
  return changes ?? rowCount ?? 0;
}
