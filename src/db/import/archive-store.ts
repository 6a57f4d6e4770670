import { ConcurrentChangeError } from "../../core/errors.ts";
import { FIELDS } from "../../core/fields.ts";
import { grouped } from "../../core/grouped.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import { ownColumn } from "../schema/schema.ts";
import { STAGED } from "./staging-store.ts";

/** An active community of a scope that is missing from the staged file. */
export interface MissingCommunity {
  barangay_id: number;
  municipality_id: number;
  code: string;
  name: string;
  municipality: string;
  province: string;
}

/** Counts the active communities of a scope, and lists those that are missing from the staged file. */
export async function findMissing(
  session: Session,
  scope: Exclude<Scope, { kind: "all" }>,
): Promise<{ active: number; missing: MissingCommunity[] }> {
  const { obc_communities, barangays, municipalities, provinces } = session.schema.relations;
  const inScope = `from ${obc_communities} stored
       join ${barangays} barangay on barangay.id = stored.barangay_id
       join ${municipalities} municipality on municipality.id = barangay.municipality_id
       join ${provinces} province on province.id = municipality.province_id
      where not stored.is_deleted
        and barangay.municipality_id in (select id from ${session.dialect.expressions.idsFromJson} as ids)`;
  const bindings = [JSON.stringify(scope.municipalityIds)];
  const [counted] = await read<{ active: number | string }>(session, "bookkeeping", {
    sql: `select count(*) as active ${inScope}`,
    bindings,
  });
  const missing = await read<MissingCommunity>(session, "bookkeeping", {
    sql: `select stored.barangay_id, barangay.municipality_id, barangay.code, barangay.name, municipality.name as municipality,
              province.name as province
       ${inScope}
        and stored.barangay_id not in (select barangay_id from ${STAGED})
      order by barangay.code`,
    bindings,
  });
  return { active: Number(counted?.active), missing };
}

/** The totals of communities by field, and their number as total_obc_communities. */
export async function sumFigures(session: Session, barangayIds: readonly number[]): Promise<Record<string, number>> {
  if (barangayIds.length === 0) return {};
  const sums = FIELDS.map((field) => `sum(stored.${field}) as ${field}`).join(", ");
  const [row = {}] = await read<Record<string, number | string | null>>(session, "bookkeeping", {
    sql: `select count(*) as total_obc_communities, ${sums} from ${session.schema.relations.obc_communities} stored
      where stored.barangay_id in (select id from ${session.dialect.expressions.idsFromJson} as ids)`,
    bindings: [JSON.stringify(barangayIds)],
  });
  return Object.fromEntries(Object.entries(row).map(([column, sum]) => [column, Number(sum ?? 0)]));
}

/**
 * @param now ISO 8601 in UTC, for deleted_at and updated_at
 * @throws ConcurrentChangeError if one is no longer active
 */
export async function archiveCommunities(session: Session, barangayIds: readonly number[], now: string): Promise<void> {
  if (barangayIds.length === 0) return;
  const table = session.schema.tables.obc_communities;
  const time = session.schema.timestamp(now);
  const own = (column: string) => ownColumn(table, column);
  const archived = await write(session, "write", {
    sql: `update ${table.name} set ${own("is_deleted")} = true, ${own("deleted_at")} = ?, ${own("updated_at")} = ?
      where ${own("barangay_id")} in (select id from ${session.dialect.expressions.idsFromJson} as ids)
        and not ${own("is_deleted")}`,
    bindings: [time, time, JSON.stringify(barangayIds)],
  });
  if (archived === barangayIds.length) return;
  throw new ConcurrentChangeError(
    `${grouped(barangayIds.length - archived)} of ${grouped(barangayIds.length)} communities to archive`,
  );
}

/**
 * The scope of the sync that follows: the municipalities of the staged rows, and those given. UNION combines the two
 * sets: with OR, each municipality would be tested against both.
 */
export async function readTouchedScope(session: Session, municipalityIds: readonly number[]): Promise<Scope> {
  const { municipalities, barangays } = session.schema.relations;
  const rows = await read<{ code: string; municipality_id: number; province_id: number }>(session, "bookkeeping", {
    sql: `select municipality.code, municipality.id as municipality_id, municipality.province_id
       from ${municipalities} municipality
      where municipality.id in (
        select barangay.municipality_id
          from ${STAGED} staged
          join ${barangays} barangay on barangay.id = staged.barangay_id
         union
        select id from ${session.dialect.expressions.idsFromJson} as ids)
      order by municipality.code`,
    bindings: [JSON.stringify(municipalityIds)],
  });
  return {
    kind: "municipality",
    units: rows.map((row) => row.code),
    municipalityIds: rows.map((row) => row.municipality_id),
    provinceIds: [...new Set(rows.map((row) => row.province_id))],
  };
}
