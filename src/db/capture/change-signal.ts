import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Database } from "../connection/connect.ts";
import { connectionOptions, type DatabaseLocation } from "../connection/location.ts";
import { CHANGE_CHANNEL } from "../postgres-triggers.ts";

/** Tells when something may have been written to a database. A false alarm costs one small read. */
export interface ChangeSignal {
  /**
   * Resolves at the next write by anybody, or once `timeoutMs` is over.
   *
   * @throws the driver's error where the connection is lost
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** How often SQLite is asked; it has no way to call. The question reads no page. */
const POLL_INTERVAL_MS = 100;

export function openChangeSignal(location: DatabaseLocation, database: Database): Promise<ChangeSignal> {
  return location.kind === "postgres" ? listen(location.url) : poll(database);
}

/** PRAGMA data_version changes when another connection has written. */
async function poll({ knex }: Database): Promise<ChangeSignal> {
  const version = async () => {
    const [row] = await knex.raw<Array<{ data_version: number }>>("pragma data_version");
    return row?.data_version;
  };
  let seen = await version();
  return {
    async next(timeoutMs, signal) {
      const deadline = Date.now() + timeoutMs;
      while (!signal.aborted && Date.now() < deadline) {
        const now = await version();
        if (now !== seen) {
          seen = now;
          return;
        }
        await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => {});
      }
    },
    close: async () => {},
  };
}

/** LISTEN on a connection of its own; the triggers of the change log notify. */
async function listen(url: string): Promise<ChangeSignal> {
  const client = new pg.Client(connectionOptions(url));
  let lost: Error | null = null;
  let pending = false;
  let wake = () => {};
  client.on("notification", () => {
    pending = true;
    wake();
  });
  client.on("error", (error) => {
    lost ??= error;
    wake();
  });
  client.on("end", () => {
    lost ??= new Error("Connection ended unexpectedly");
    wake();
  });
  await client.connect();
  await client.query(`listen ${CHANGE_CHANNEL}`);
  return {
    async next(timeoutMs, signal) {
      if (!pending && lost === null && !signal.aborted) {
        const timer = new AbortController();
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const stopped = AbortSignal.any([signal, timer.signal]);
        await Promise.race([woken, sleep(timeoutMs, undefined, { signal: stopped }).catch(() => {})]);
        timer.abort();
      }
      pending = false;
      if (lost !== null) throw lost;
    },
    close: () => client.end().catch(() => {}),
  };
}
