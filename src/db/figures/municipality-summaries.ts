import { FIELDS, type Field } from "../../core/fields.ts";
import type { MunicipalitySummary } from "../../core/overview/overview-unit.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";
import { psgcCode } from "../places/psgc-codes.ts";

type Row = Record<string, string | number | null>;

/**
 * Every municipality in scope, ordered by code, with its places above and the sums of its communities, in one statement.
 */
export async function readMunicipalitySummaries(session: Session, scope: Scope): Promise<MunicipalitySummary[]> {
  const { relations } = session.schema;
  const sums = FIELDS.map((field) => `sum(c.${field}) as sum_${field}, count(c.${field}) as filled_${field}`);
  const query = session.dialect.sql.raw(
    `select m.id, m.code, ${psgcCode(session, "municipality", "m")} as psgc, m.name,
              p.id as province_id, p.code as province_code, ${psgcCode(session, "province", "p")} as province_psgc,
              p.name as province_name, r.code as region_code, ${psgcCode(session, "region", "r")} as region_psgc,
              r.name as region_name, n.*
         from ${relations.municipalities} m
         join ${relations.provinces} p on p.id = m.province_id
         join ${relations.regions} r on r.id = p.region_id
         left join (select b.municipality_id, count(*) as barangays, count(c.barangay_id) as communities,
                           count(archived.barangay_id) as archived_communities, ${sums.join(", ")}
                      from ${relations.barangays} b
                      left join ${relations.obc_communities} c on c.barangay_id = b.id and not c.is_deleted
                      left join ${relations.obc_communities} archived
                             on archived.barangay_id = b.id and archived.is_deleted
                     group by b.municipality_id) n on n.municipality_id = m.id
        where ? order by r.code, p.code, m.code`,
    [inScope({ session, scope }, "municipality", "m.id")],
  );
  return (await read<Row>(session, "read", query)).map(summaryOf);
}

function summaryOf(row: Row): MunicipalitySummary {
  const figures = (prefix: string) =>
    Object.fromEntries(FIELDS.map((field) => [field, row[`${prefix}_${field}`] ?? null]));
  const numbers = (values: Record<string, string | number | null>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? null : Number(value)]));
  return {
    id: Number(row.id),
    code: String(row.code),
    psgcCode: textOf(row.psgc),
    name: String(row.name),
    provinceId: Number(row.province_id),
    provinceCode: String(row.province_code),
    provincePsgcCode: textOf(row.province_psgc),
    provinceName: String(row.province_name),
    regionCode: String(row.region_code),
    regionPsgcCode: textOf(row.region_psgc),
    regionName: String(row.region_name),
    barangays: Number(row.barangays ?? 0),
    communities: Number(row.communities ?? 0),
    archivedCommunities: Number(row.archived_communities ?? 0),
    sums: numbers(figures("sum")) as Record<Field, number | null>,
    filled: Object.fromEntries(FIELDS.map((field) => [field, Number(row[`filled_${field}`] ?? 0)])) as Record<
      Field,
      number
    >,
  };
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
