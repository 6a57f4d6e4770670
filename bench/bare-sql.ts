/**
 * The baseline: the same work in hand-written SQL, which uses only the list of fields from src/. A sync is one transaction
 * that aggregates, compares and upserts both levels, without a plan, a report or a log.
 */
import { FIELDS } from "../src/core/fields.ts";
import type { DatabaseKind } from "./generated-data.ts";

const sums = (table: string) => FIELDS.map((field) => `coalesce(sum(${table}.${field}), 0) as ${field}`).join(", ");

function upsert(table: string, key: string, columns: readonly string[], source: string): string {
  const differs = columns.map((column) => `${table}.${column} is distinct from excluded.${column}`).join(" or ");
  return `insert into ${table} (${[key, ...columns].join(", ")})
    ${source}
    on conflict (${key}) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(", ")},
      updated_at = current_timestamp
    where ${table}.auto_sync and not ${table}.is_deleted and (${differs})
    returning ${key}`;
}

const MUNICIPALITY_COLUMNS = ["total_obc_communities", "key_barangays", ...FIELDS];
const PROVINCE_COLUMNS = ["total_municipalities", "total_obc_communities", "key_municipalities", ...FIELDS];

/** The expected municipality coverages. */
function municipalityFigures(kind: DatabaseKind): string {
  if (kind === "postgres") {
    return `select b.municipality_id, count(*) as total_obc_communities,
        string_agg(distinct b.name collate "C", ', ' order by b.name collate "C") as key_barangays, ${sums("c")}
      from obc_communities c join barangays b on b.id = c.barangay_id
      where not c.is_deleted group by b.municipality_id`;
  }
  // SQLite has no group_concat(distinct x, separator), so a subquery removes duplicate names.
  return `select s.municipality_id, s.total_obc_communities, n.names as key_barangays, ${FIELDS.map((f) => `s.${f}`).join(", ")}
    from (select b.municipality_id, count(*) as total_obc_communities, ${sums("c")}
            from barangays b cross join obc_communities c on c.barangay_id = b.id
           where not c.is_deleted group by b.municipality_id) s
    join (select municipality_id, group_concat(name, ', ') as names
            from (select distinct b.municipality_id, b.name
                    from barangays b cross join obc_communities c on c.barangay_id = b.id
                   where not c.is_deleted order by b.municipality_id, b.name)
           group by municipality_id) n on n.municipality_id = s.municipality_id`;
}

function provinceFigures(kind: DatabaseKind): string {
  const names =
    kind === "postgres"
      ? `string_agg(m.name, ', ' order by m.name collate "C")`
      : "group_concat(m.name, ', ' order by m.name)";
  return `select m.province_id, count(*) as total_municipalities,
      coalesce(sum(v.total_obc_communities), 0) as total_obc_communities, ${names} as key_municipalities, ${sums("v")}
    from municipality_coverages v join municipalities m on m.id = v.municipality_id
    where not v.is_deleted group by m.province_id`;
}

/** Two statements, for one transaction. Each returns the rows that it changed. */
export function bareSync(kind: DatabaseKind): string[] {
  const select = (columns: readonly string[], key: string, figures: string) =>
    `select ${[key, ...columns].join(", ")} from (${figures}) figures where true`;
  return [
    upsert(
      "municipality_coverages",
      "municipality_id",
      MUNICIPALITY_COLUMNS,
      select(MUNICIPALITY_COLUMNS, "municipality_id", municipalityFigures(kind)),
    ),
    upsert(
      "province_coverages",
      "province_id",
      PROVINCE_COLUMNS,
      select(PROVINCE_COLUMNS, "province_id", provinceFigures(kind)),
    ),
  ];
}

/** Two statements that return the coverages that differ from what is beneath them. */
export function bareVerify(kind: DatabaseKind): string[] {
  const differing = (table: string, key: string, columns: readonly string[], figures: string) =>
    `select figures.${key} from (${figures}) figures left join ${table} stored on stored.${key} = figures.${key}
      where ${columns.map((column) => `stored.${column} is distinct from figures.${column}`).join(" or ")}`;
  return [
    differing("municipality_coverages", "municipality_id", MUNICIPALITY_COLUMNS, municipalityFigures(kind)),
    differing("province_coverages", "province_id", PROVINCE_COLUMNS, provinceFigures(kind)),
  ];
}
