import type { DatabaseLocation } from "./connection.ts";

/** A connection of the driver alone, for a read that must not wait for the rest of the program to load. */
export interface QuickConnection {
  /** @param sql with ? for the values */
  query<Row>(sql: string, values: readonly string[]): Promise<Row[]>;
  /** Whether the database has a table of that name. */
  hasTable(name: string): Promise<boolean>;
  close(): Promise<void>;
}

/** @param timeoutMs how long to wait for the server, for a lock and for an answer @throws any error of the driver */
export type OpenQuickly = (location: DatabaseLocation, timeoutMs: number) => Promise<QuickConnection>;
