import type { Knex } from "knex";
import type { Client } from "pg";
import { withoutPassword } from "../../connection/location.ts";
import { pollForChanges } from "../../connection/poll-for-changes.ts";
import type { ChangeSignal, Connections } from "../../dialect/connection.ts";
import { BOOKKEEPING } from "../../schema/bookkeeping.ts";
import { COMMUNITY_LOG } from "../../schema/citus.ts";
import { MIGRATION_LOCK_KEY } from "../locks.ts";
import { connectionSettings } from "./connection-settings.ts";
import { connectionOf } from "./raw-connection.ts";

export const connections: Connections = {
  config(location) {
    const { url } = location as { url: string };
    return {
      client: "pg",
      // With a version set, Knex does not query it on each connection. Knex uses it only for features that every
      // supported server has.
      version: "12",
      connection: connectionSettings(url),
      pool: { min: 0, max: 1 },
    };
  },
  nameOf({ client }) {
    const { connection } = client.config;
    if (typeof connection === "function") return "PostgreSQL";
    const url = typeof connection === "string" ? connection : connection?.connectionString;
    if (url !== undefined) return withoutPassword(url);
    const { user, host, port, database } = connection ?? {};
    return `postgres://${user ? `${user}@` : ""}${host ?? ""}${port ? `:${port}` : ""}/${database ?? ""}`;
  },
  openChangeSignal,
  /** The lock is held by a connection of its own: the work has transactions of its own, each perhaps on another one. */
  async alone(knex, work) {
    const client: Client = await knex.client.acquireRawConnection();
    client.on("error", () => {});
    try {
      await client.query("set lock_timeout = '10s'");
      await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK_KEY]);
      return await work();
    } finally {
      await client.end().catch(() => {});
    }
  },
  settle: async () => {},
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

/** Polls on a separate connection for log entries that were not visible at the poll before. */
async function openChangeSignal(knex: Knex): Promise<ChangeSignal> {
  const client: Client = await knex.client.acquireRawConnection();
  // Without a listener, losing the connection between two polls would end the process. The next poll reports it.
  client.on("error", () => {});
  const close = () => client.end().catch(() => {});
  // The log may be missing: the sync that comes first says so.
  const now = await client
    .query<{ snapshot: string; on_nodes: boolean }>(
      `select pg_current_snapshot()::text as snapshot, to_regclass('${COMMUNITY_LOG}') is not null as on_nodes`,
    )
    .catch(async (error) => {
      // An open connection would keep the process from ending.
      await close();
      throw error;
    });
  let { snapshot, on_nodes: onNodes } = now.rows[0] as { snapshot: string; on_nodes: boolean };
  // The first poll finds a change: entries may have been added since the sync before it.
  let entries = "";
  const hasChanged = async () => {
    const { rows } = await client.query<{ snapshot: string; changed: boolean }>(POLL, [snapshot]);
    const polled = rows[0] as { snapshot: string; changed: boolean };
    snapshot = polled.snapshot;
    const before = entries;
    if (onNodes) entries = await readEntries();
    return polled.changed || entries !== before;
  };
  return {
    next: (timeoutMs, signal) => pollForChanges(hasChanged, timeoutMs, signal),
    close,
  };

  /** Another node's snapshots cannot be compared with this one's, so the entries themselves are. */
  async function readEntries(): Promise<string> {
    const { rows } = await client.query<{ entries: string }>(ENTRIES);
    return String(rows[0]?.entries);
  }
}

const POLL = `select pg_current_snapshot()::text as snapshot,
  exists (select from ${BOOKKEEPING.changeLog} where not pg_visible_in_snapshot(transaction_id, $1::pg_snapshot)) as changed`;

const ENTRIES = `select count(*) || ' ' || coalesce(sum(transaction_id), 0) as entries from ${COMMUNITY_LOG}`;
