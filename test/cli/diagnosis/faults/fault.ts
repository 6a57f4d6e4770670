import type { TestDatabase } from "../../../helpers/databases.ts";

export interface Finding {
  code: string;
  name: string;
  figures: Record<string, string | number | null>;
  remedy: string;
}

/** A fault that a check should find, created without the program. */
export interface Fault {
  check: string;
  what: string;
  only?: TestDatabase["kind"];
  plant: (database: TestDatabase, place: Place) => Promise<Planted>;
}

/** What analyze must report, computed with plain SQL and arithmetic. */
export interface Planted {
  count: number;
  /** The findings to compare. */
  findings: Array<Finding | (Omit<Finding, "remedy"> & { remedy: RegExp })>;
  /** Whether the printed command fixes the fault, or shows the figures about which a person has to decide. */
  remedy: "fixes" | "shows";
}

/** A community of the example, another one of the same municipality, and the units above them. */
export interface Place {
  id: number;
  code: string;
  name: string;
  neighbour: { id: number; code: string };
  municipality: Unit;
  province: Unit;
  region: Unit;
}

export interface Unit {
  id: number;
  code: string;
  name: string;
  communities: number;
  population: number;
}

const TREE = `obc_communities c
  join barangays b on b.id = c.barangay_id
  join municipalities m on m.id = b.municipality_id
  join provinces p on p.id = m.province_id
  join regions r on r.id = p.region_id`;

/** The first community of a municipality that has several, in a province and a region that have more. */
export async function choosePlace(database: TestDatabase): Promise<Place> {
  const [first, second] = await database.rows<Record<"id" | "m" | "p" | "r", number> & { code: string; name: string }>(
    `select b.id, b.code, b.name, m.id as m, p.id as p, r.id as r from ${TREE}
      where m.id in (select municipality_id from obc_communities join barangays on barangays.id = barangay_id
                      group by municipality_id having count(*) > 2)
        and p.id in (select u.province_id from municipality_coverages v join municipalities u on u.id = v.municipality_id
                      group by u.province_id having count(*) > 2)
      order by b.code limit 2`,
  );
  if (first === undefined || second === undefined) throw new Error("the example has no such place");
  const unit = async (table: string, alias: "m" | "p" | "r") => {
    const [found] = await database.rows<Unit>(
      `select u.id, u.code, u.name, count(*) as communities, sum(c.estimated_obc_population) as population
         from ${TREE} join ${table} u on u.id = ${alias}.id where u.id = ? group by u.id, u.code, u.name`,
      first[alias],
    );
    return found as Unit;
  };
  return {
    ...first,
    neighbour: second,
    municipality: await unit("municipalities", "m"),
    province: await unit("provinces", "p"),
    region: await unit("regions", "r"),
  };
}

/** ISO 8601, the given number of hours and one minute ago. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - (hours * 60 + 1) * 60_000).toISOString();
}

/** The value of a column of one community. */
export async function figureOf(database: TestDatabase, id: number, column: string): Promise<number> {
  const [row] = await database.rows<{ figure: number | null }>(
    `select ${column} as figure from obc_communities where barangay_id = ?`,
    id,
  );
  return Number(row?.figure ?? 0);
}
