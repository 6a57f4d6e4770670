import type { TestDatabase } from "../../../helpers/databases.ts";
import { type Fault, type Finding, figureOf, hoursAgo, type Place } from "./fault.ts";

const setFigures = (database: TestDatabase, id: number, figures: Record<string, number | null>) =>
  database.rows(
    `update obc_communities set ${Object.keys(figures).join(" = ?, ")} = ? where barangay_id = ?`,
    ...(Object.values(figures) as number[]),
    id,
  );

/** A person has to decide which figure is wrong. */
const shown = ({ code, name }: Place, figures: Record<string, string | number | null>) => ({
  count: 1,
  findings: [{ code, name, figures, remedy: `obc-sync community show ${code}` }],
  remedy: "shows" as const,
});

const AGE_GROUPS = {
  children_0_9: 20,
  adolescents_10_14: 20,
  youth_15_30: 20,
  adults_31_59: 20,
  seniors_60_plus: 20,
};

/** None of these can exceed the population. */
const PARTS = [
  ...["households", "families", ...Object.keys(AGE_GROUPS), "women_count", "solo_parents_count", "pwd_count"],
  ...["farmers_count", "fisherfolk_count", "unemployed_count", "indigenous_peoples_count", "idps_count"],
  "number_of_unbanked_obc",
];

/** What can be wrong with communities. A neighbour is always just within the limit, and is not counted. */
export const COMMUNITY_FAULTS: Fault[] = [
  {
    check: "archived-communities",
    what: "one was archived 30 hours ago",
    async plant(database, { id, code, name, municipality }) {
      const population = await figureOf(database, id, "estimated_obc_population");
      await database.rows(
        "update obc_communities set is_deleted = true, deleted_at = ? where barangay_id = ?",
        hoursAgo(30),
        id,
      );
      const figures = { municipality: municipality.name, estimated_obc_population: population, hours_since: 30 };
      return {
        count: 1,
        findings: [{ code, name, figures, remedy: `obc-sync community restore ${code}` }],
        remedy: "fixes",
      };
    },
  },
  {
    check: "population-above-barangay",
    what: "one more than the barangay has",
    async plant(database, place) {
      await database.rows("update barangays set population = 1000 where id in (?, ?)", place.id, place.neighbour.id);
      await setFigures(database, place.id, { estimated_obc_population: 1001 });
      await setFigures(database, place.neighbour.id, { estimated_obc_population: 1000 });
      const municipality = place.municipality.name;
      return shown(place, { municipality, estimated_obc_population: 1001, barangay_population: 1000 });
    },
  },
  {
    check: "parts-above-whole",
    what: "each part exceeds its whole by one, in separate communities",
    async plant(database, { province, neighbour }) {
      const none = Object.fromEntries([...PARTS, "total_barangay_population"].map((field) => [field, null]));
      const communities = await database.rows<{ id: number; code: string; name: string }>(
        `select b.id, b.code, b.name from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id where m.province_id = ? and b.id <> ? order by b.code limit ?`,
        province.id,
        neighbour.id,
        PARTS.length + 1,
      );
      await setFigures(database, neighbour.id, { ...none, estimated_obc_population: 100, women_count: 100 });
      const findings: Finding[] = [];
      for (const [index, { id, code, name }] of communities.entries()) {
        const part = PARTS[index];
        const excess = part === undefined ? { total_barangay_population: 99 } : { [part]: 101 };
        const figures = { ...none, estimated_obc_population: 100, ...excess };
        await setFigures(database, id, figures);
        findings.push({ code, name, figures, remedy: `obc-sync community show ${code}` });
      }
      return { count: PARTS.length + 1, findings, remedy: "shows" };
    },
  },
  {
    check: "age-groups",
    what: "they add up to one fewer than the population; the neighbour has a blank one",
    async plant(database, place) {
      const figures = { ...AGE_GROUPS, estimated_obc_population: 101 };
      await setFigures(database, place.id, figures);
      await setFigures(database, place.neighbour.id, { ...figures, youth_15_30: null });
      return shown(place, { estimated_obc_population: 101, age_groups_together: 100 });
    },
  },
  {
    check: "duplicate-names",
    what: "two barangays of one municipality have the same name",
    async plant(database, { id, code, neighbour, municipality }) {
      const name = "Poblacion Twice";
      await database.rows("update barangays set name = ? where id in (?, ?)", name, id, neighbour.id);
      const remedy = `obc-sync community show ${code}; obc-sync community show ${neighbour.code}`;
      const figures = { municipality: municipality.name, barangays: 2, other_code: neighbour.code };
      return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
  {
    check: "blank-fields",
    what: "one field in most communities of a region, another in half of them",
    async plant(database, { region: { id, code, name } }) {
      const ids = await database.rows<{ id: number }>(
        `select b.id from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
          where p.region_id = ? order by b.id`,
        id,
      );
      // Exactly half is not more than half.
      const odd = ids.length % 2 === 1 ? ids.pop() : undefined;
      if (odd !== undefined) await database.rows("delete from obc_communities where barangay_id = ?", odd.id);
      const communities = ids.length;
      const blank = communities / 2 + 1;
      for (const [index, community] of ids.entries()) {
        const half = index < communities / 2;
        await setFigures(database, community.id, {
          mosques_count: index < blank ? null : 1,
          madrasah_count: half ? null : 1,
        });
      }
      const percent = Math.round((1000 * blank) / communities) / 10;
      const figures = { field: "mosques_count", communities, blank, blank_percent: percent };
      const remedy = `obc-sync import communities --template region-${code}.csv --region ${code}`;
      return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
];
