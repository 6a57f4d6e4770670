import type { TestDatabase } from "../../../helpers/databases.ts";
import { type Damage, damage, damagesOf } from "../../../helpers/trigger-damage.ts";
import { type Fault, type Finding, hoursAgo, type Place } from "./fault.ts";

/** Allows a row without its parent, as when tables are loaded with foreign keys disabled. */
async function withoutForeignKey(database: TestDatabase, table: string, column: string): Promise<void> {
  if (database.kind === "sqlite") await database.rows("pragma foreign_keys = off");
  else await database.rows(`alter table ${table} drop constraint ${table}_${column}_foreign`);
}

const NOBODY = 999_999;

interface Orphan {
  table: string;
  column: string;
  /** The id of the row whose parent is set to one that does not exist. */
  id: (place: Place) => number;
  named: (place: Place) => Pick<Finding, "code" | "name">;
  remedy: string;
}

const lost = { code: String(NOBODY), name: "" };

/** Rows that importing the geography restores. */
const PLACES: Orphan[] = [
  {
    table: "provinces",
    column: "region_id",
    id: ({ province }) => province.id,
    named: ({ province: { code, name } }) => ({ code, name }),
    remedy: "obc-sync import geography",
  },
  {
    table: "municipalities",
    column: "province_id",
    id: ({ municipality }) => municipality.id,
    named: ({ municipality: { code, name } }) => ({ code, name }),
    remedy: "obc-sync import geography",
  },
  {
    table: "barangays",
    column: "municipality_id",
    id: ({ id }) => id,
    named: ({ code, name }) => ({ code, name }),
    remedy: "obc-sync import geography",
  },
];

/** Rows whose unit no longer exists. */
const RECORDS: Orphan[] = [
  {
    table: "obc_communities",
    column: "barangay_id",
    id: ({ id }) => id,
    named: () => ({ ...lost, name: "Its own name" }),
    remedy: `delete from obc_communities where barangay_id = ${NOBODY};`,
  },
  {
    table: "municipality_coverages",
    column: "municipality_id",
    id: ({ municipality }) => municipality.id,
    named: () => lost,
    remedy: `delete from municipality_coverages where municipality_id = ${NOBODY};`,
  },
  {
    table: "province_coverages",
    column: "province_id",
    id: ({ province }) => province.id,
    named: () => lost,
    remedy: `delete from province_coverages where province_id = ${NOBODY};`,
  },
];

function orphaned(what: string, orphans: readonly Orphan[]): Fault {
  return {
    check: "hierarchy-gaps",
    what: `${what} have a parent that does not exist`,
    async plant(database, place) {
      await database.rows("update obc_communities set community_names = 'Its own name'");
      const findings: Finding[] = [];
      for (const { table, column, id, named, remedy } of orphans) {
        await withoutForeignKey(database, table, column);
        const key = /coverages|communities/.test(table) ? column : "id";
        await database.rows(`update ${table} set ${column} = ${NOBODY} where ${key} = ?`, id(place));
        findings.push({ ...named(place), figures: { table, column, parent_id: NOBODY }, remedy });
      }
      return { count: orphans.length, findings, remedy: "fixes" };
    },
  };
}

function brokenTriggers(only: TestDatabase["kind"], planted: Damage): Fault {
  return {
    check: "disabled-triggers",
    what: planted.what,
    only,
    async plant(database) {
      await damage(database, planted);
      const findings = planted.broken.map(({ trigger, problem }) => ({
        code: trigger,
        name: planted.table ?? "obc_communities",
        figures: { state: problem },
        remedy: "obc-sync sync --changed",
      }));
      return { count: findings.length, findings, remedy: "fixes" };
    },
  };
}

/** What can be wrong with the database itself, or with scheduled syncs. */
export const DATABASE_FAULTS: Fault[] = [
  orphaned("places", PLACES),
  orphaned("communities and coverages", RECORDS),
  ...(["sqlite", "postgres"] as const).flatMap((kind) =>
    damagesOf(kind).map((planted) => brokenTriggers(kind, planted)),
  ),
  {
    check: "missing-indexes",
    what: "two are dropped, and one of them exists under another name",
    async plant(database) {
      await database.rows("drop index barangays_municipality_id_name_index");
      await database.rows("drop index municipalities_province_id_index");
      await database.rows("create index another_name on municipalities (province_id, name)");
      const remedy = "create index barangays_municipality_id_name_index on barangays (municipality_id, name);";
      const finding = { code: "barangays", name: "municipality_id,name", figures: {}, remedy };
      return { count: 1, findings: [finding], remedy: "fixes" };
    },
  },
  {
    check: "unsynced-changes",
    what: "two writes to one community, the first 90 minutes ago",
    async plant(database, { id, municipality: { code, name } }) {
      const write = () =>
        database.rows("update obc_communities set households = coalesce(households, 0) + 7 where barangay_id = ?", id);
      await write();
      await database.rows(
        "update obc_sync_change_log set changed_at = ?",
        Math.floor(Date.now() / 1000) - 90 * 60 - 20,
      );
      await write();
      const figures = { level: "municipality", entries: 2, oldest_minutes: 90 };
      return { count: 2, findings: [{ code, name, figures, remedy: "obc-sync sync --changed" }], remedy: "fixes" };
    },
  },
  {
    check: "last-sync",
    what: "the latest was 48 hours ago",
    async plant(database) {
      const [row] = await database.rows<{ n: number }>("select count(*) as n from obc_communities");
      await database.rows("update obc_sync_runs set finished_at = ?", hoursAgo(48));
      const figures = { hours_since: 48, hours_allowed: 48, communities: row?.n ?? 0 };
      const finding = { code: "obc_sync_runs", name: "the newest sync", figures, remedy: "obc-sync sync" };
      return { count: 1, findings: [finding], remedy: "fixes" };
    },
  },
  {
    check: "last-sync",
    what: "there was none",
    async plant(database) {
      const [row] = await database.rows<{ n: number }>("select count(*) as n from obc_communities");
      await database.rows("delete from obc_sync_runs");
      const figures = { hours_since: null, hours_allowed: 48, communities: row?.n ?? 0 };
      const finding = { code: "obc_sync_runs", name: "the newest sync", figures, remedy: "obc-sync sync" };
      return { count: 1, findings: [finding], remedy: "fixes" };
    },
  },
];
