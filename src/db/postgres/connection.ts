import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { Client } from "pg";
import type { ChangeSignal, Connections } from "../connection/dialect.ts";
import { withoutPassword } from "../connection/location.ts";
import { connectionOf } from "./raw-connection.ts";
import { CHANGE_CHANNEL } from "./triggers.ts";

export const connections: Connections = {
  config(location) {
    const { url } = location as { url: string };
    return {
      client: "pg",
      // With a version set, Knex does not query it on each connection. Knex uses it only for features that every
      // supported server has.
      version: "12",
      connection: { connectionString: url, application_name: "obc-sync", connectionTimeoutMillis: 10_000 },
      pool: { min: 0, max: 1 },
    };
  },
  nameOf({ client }) {
    const { connection } = client.config;
    if (typeof connection === "function") return "PostgreSQL";
    const url = typeof connection === "string" ? connection : connection?.connectionString;
    if (url !== undefined) return withoutPassword(url);
    const { host = "", database = "" } = connection ?? {};
    return `postgres://${host}/${database}`;
  },
  openChangeSignal,
  async cancelStatement(transaction) {
    try {
      // The type declaration lacks processID.
      const { processID } = (await connectionOf(transaction)) as Client & { processID: number };
      const canceller: Client = await transaction.client.acquireRawConnection();
      await canceller.query("select pg_cancel_backend($1)", [processID]).finally(() => canceller.end());
    } catch {
      // The statement then ends when the other transaction does, or at its lock timeout.
    }
  },
};

/** Listens on a separate connection. A trigger on the change log sends NOTIFY. */
async function openChangeSignal(knex: Knex): Promise<ChangeSignal> {
  const client: Client = await knex.client.acquireRawConnection();
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
