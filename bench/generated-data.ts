/**
 * Fills a database with a made-up hierarchy and one made-up community in each barangay, by SQL that creates the same
 * rows on SQLite and PostgreSQL: every figure is a hash of the barangay's number, the field and the seed.
 */
import { FIELDS } from "../src/core/fields.ts";
import type { Size } from "./sizes.ts";

export type DatabaseKind = "sqlite" | "postgres";

const SEED = 42_011;

/** The places, from the top down. The code of a unit extends that of its parent, as PSGC codes do. */
export function hierarchyStatements(kind: DatabaseKind, size: Size): string[] {
  const { communities: barangays, municipalities, provinces, regions } = size;
  return [
    `insert into regions (id, code, name)
     select i + 1, cast((10 + i) * 100000000 as text), 'Region ' || (i + 1) from ${numbers(kind, regions)}`,
    unitsUnder(kind, {
      table: "provinces (id, region_id, code, name, kind)",
      parent: "regions",
      count: provinces,
      parents: regions,
      step: 100_000,
      rest: "'Province ' || (i + 1), 'province'",
    }),
    unitsUnder(kind, {
      table: "municipalities (id, province_id, code, name, kind)",
      parent: "provinces",
      count: municipalities,
      parents: provinces,
      step: 1_000,
      rest: "'Municipality ' || (i + 1), 'municipality'",
    }),
    unitsUnder(kind, {
      table: "barangays (id, municipality_id, code, name, population)",
      parent: "municipalities",
      count: barangays,
      parents: municipalities,
      step: 1,
      rest: `'Barangay ' || (i % 9973), 4000 + ${hash(0)} % 8000`,
    }),
  ];
}

/** One community in each barangay, a seventeenth of its figures left blank. */
export function communityStatement(kind: DatabaseKind, size: Size): string {
  return `insert into obc_communities (barangay_id, community_names, settlement_type, primary_ethnolinguistic_group,
      ${FIELDS.join(", ")}) ${communitySelect(kind, size, "i + 1")}`;
}

/** The same communities as rows. `barangay` is the expression of the first column, which identifies the barangay. */
export function communitySelect(kind: DatabaseKind, size: Size, barangay: string): string {
  const figures = FIELDS.map((_, index) => {
    const value = hash(index + 1);
    return `case when ${value} % 17 = 0 then null else ${value} % 1500 end`;
  });
  return `select ${barangay}, 'Sitio ' || (i % 97) || ' Muslim Community', 'village', 'Maranao', ${figures.join(", ")}
      from ${numbers(kind, size.communities)}`;
}

interface Units {
  table: string;
  parent: string;
  count: number;
  parents: number;
  /** The distance between the codes of two units under one parent. */
  step: number;
  rest: string;
}

/** Spreads units evenly over their parents, in order. */
function unitsUnder(kind: DatabaseKind, { table, parent, count, parents, step, rest }: Units): string {
  const number = `i * ${parents} / ${count}`;
  const firstOfParent = `(${number} * ${count} + ${parents - 1}) / ${parents}`;
  return `insert into ${table}
    select i + 1, parent.id, cast(cast(parent.code as bigint) + (i - (${firstOfParent}) + 1) * ${step} as text), ${rest}
      from ${numbers(kind, count)}
      join ${parent} parent on parent.id = ${number} + 1`;
}

/** A source of the numbers from 0 to below a count, as `i`. */
function numbers(kind: DatabaseKind, count: number): string {
  if (kind === "postgres") return `generate_series(0::bigint, ${count - 1}) as numbers(i)`;
  return `(with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i + 1 < ${count})
    select i from numbers) as numbers`;
}

function hash(salt: number): string {
  return `((i * 2654435761 + ${(salt * 97 + 1) * SEED * 40503}) % 4294967296 / 1024)`;
}
