import type { Knex } from "knex";
import { type Purpose, purposeOf } from "./statement-log.ts";

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
}

interface SentQuery {
  sql: string;
  __knexQueryUid: string;
}

/** Records each statement that knex hands to the driver, how long the answer took and how many rows it was about. */
export function recordStatements(knex: Knex): StatementRecorder {
  let recorded: RecordedStatement[] = [];
  let recording = true;
  const sent = new Map<string, number>();
  knex.on("query", (query: SentQuery) => {
    sent.set(query.__knexQueryUid, performance.now());
  });
  knex.on("query-response", (_response: unknown, query: SentQuery & { response?: unknown }) => {
    const started = sent.get(query.__knexQueryUid);
    sent.delete(query.__knexQueryUid);
    if (!recording || started === undefined) return;
    const { sql } = query;
    recorded.push({ purpose: purposeOf(sql), sql, ms: performance.now() - started, rows: rowsOf(query.response) });
  });
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
  };
}

/** Each driver answers in its own form: rows, { changes } of SQLite, { rowCount } of PostgreSQL. */
function rowsOf(response: unknown): number {
  if (Array.isArray(response)) return response.length;
  const { changes, rowCount } = (response ?? {}) as { changes?: number; rowCount?: number | null };
  return changes ?? rowCount ?? 0;
}
