import { type Fault, figureOf, hoursAgo } from "./fault.ts";

const IN_MUNICIPALITY = "barangay_id in (select id from barangays where municipality_id = ?)";

const LEVELS = ["municipality", "province"] as const;

/** What can be wrong with coverages, compared with the communities beneath them. */
export const COVERAGE_FAULTS: Fault[] = [
  ...LEVELS.map(
    (level): Fault => ({
      check: "missing-coverage",
      what: `the row of a ${level} is deleted`,
      async plant(database, { [level]: { id, code, name, communities, population } }) {
        await database.rows(`delete from ${level}_coverages where ${level}_id = ?`, id);
        const figures = { level, communities, estimated_obc_population: population };
        const remedy = `obc-sync sync --${level} ${code}`;
        return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "fixes" };
      },
    }),
  ),
  {
    check: "stale-coverage",
    what: "a community gains people and households, and no sync follows",
    async plant(database, { id, municipality: { id: municipality, code, name, communities, population } }) {
      await database.rows(
        "update municipality_coverages set updated_at = ? where municipality_id = ?",
        hoursAgo(5),
        municipality,
      );
      await database.rows(
        `update obc_communities set estimated_obc_population = coalesce(estimated_obc_population, 0) + 7,
           households = coalesce(households, 0) + 1 where barangay_id = ?`,
        id,
      );
      const figures = {
        level: "municipality",
        differs_in: "estimated_obc_population, households",
        stored_total_obc_communities: communities,
        total_obc_communities: communities,
        stored_estimated_obc_population: population,
        estimated_obc_population: population + 7,
        hours_since_its_update: 5,
      };
      // The municipality, and the province above it.
      return {
        count: 2,
        findings: [{ code, name, figures, remedy: `obc-sync sync --municipality ${code}` }],
        remedy: "fixes",
      };
    },
  },
  {
    check: "coverage-without-communities",
    what: "all communities of a municipality are deleted",
    async plant(database, { municipality: { id, code, name, communities, population } }) {
      await database.rows(`delete from obc_communities where ${IN_MUNICIPALITY}`, id);
      const figures = {
        level: "municipality",
        total_obc_communities: communities,
        estimated_obc_population: population,
      };
      return {
        count: 1,
        findings: [{ code, name, figures, remedy: `obc-sync sync --municipality ${code}` }],
        remedy: "fixes",
      };
    },
  },
  {
    check: "coverage-without-communities",
    what: "all municipality coverages of a province are deleted, with their communities",
    async plant(database, { province: { id, code, name, communities, population } }) {
      const within = "(select id from municipalities where province_id = ?)";
      await database.rows(
        `delete from obc_communities where barangay_id in (select id from barangays where municipality_id in ${within})`,
        id,
      );
      await database.rows(`delete from municipality_coverages where municipality_id in ${within}`, id);
      const figures = { level: "province", total_obc_communities: communities, estimated_obc_population: population };
      return {
        count: 1,
        findings: [{ code, name, figures, remedy: `obc-sync sync --province ${code}` }],
        remedy: "fixes",
      };
    },
  },
  ...LEVELS.map(
    (level): Fault => ({
      check: "manual-coverage",
      what: `that of a ${level} is manual, with four times what is beneath it`,
      async plant(database, { [level]: { id, code, name, population } }) {
        await database.rows(
          `update ${level}_coverages set auto_sync = false, estimated_obc_population = ? where ${level}_id = ?`,
          population * 4,
          id,
        );
        const figures = {
          level,
          estimated_obc_population: population * 4,
          attributed: population,
          unattributed: population * 3,
          attribution_rate_percent: 25,
        };
        const remedy = `obc-sync coverage auto ${code} --level ${level}`;
        return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "fixes" };
      },
    }),
  ),
  ...LEVELS.map(
    (level): Fault => ({
      check: "archived-coverage",
      what: `that of a ${level} is archived`,
      async plant(database, { [level]: { id, code, name, communities, population } }) {
        await database.rows(`update ${level}_coverages set is_deleted = true where ${level}_id = ?`, id);
        const figures = { level, communities, estimated_obc_population: population };
        const remedy = `obc-sync coverage restore ${code} --level ${level}`;
        return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "fixes" };
      },
    }),
  ),
  {
    check: "suspicious-jumps",
    what: "one community has a digit too many",
    async plant(database, { id, municipality: { code, name, population } }) {
      const before = await figureOf(database, id, "estimated_obc_population");
      await database.rows("update obc_communities set estimated_obc_population = 900000 where barangay_id = ?", id);
      const figures = {
        level: "municipality",
        population_at_last_sync: population,
        population_now: population - before + 900_000,
        by_run: null,
      };
      const remedy = `obc-sync coverage show ${code} --level municipality`;
      // The province above jumps with it.
      return { count: 2, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
  {
    check: "suspicious-jumps",
    what: "a province is halved, and one of its municipalities changes by fewer than 500 people",
    async plant(database, { province: { id, code, name, population } }) {
      await database.rows(
        "update province_coverages set estimated_obc_population = ? where province_id = ?",
        population * 2,
        id,
      );
      await database.rows(
        `update municipality_coverages set estimated_obc_population = estimated_obc_population * 0 + 499
          where municipality_id in (select municipality_id from municipality_coverages v
            join municipalities m on m.id = v.municipality_id where m.province_id = ? and v.estimated_obc_population < 998
            order by m.code limit 1)`,
        id,
      );
      const figures = {
        ...{ level: "province", population_at_last_sync: population * 2 },
        ...{ population_now: population, by_run: null },
      };
      const remedy = `obc-sync coverage show ${code} --level province`;
      return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
  {
    check: "suspicious-jumps",
    what: "a sync has made a jump official",
    async plant(database, { id, municipality: { code, name, population } }) {
      const before = await figureOf(database, id, "estimated_obc_population");
      await database.rows("update obc_communities set estimated_obc_population = 900000 where barangay_id = ?", id);
      await database.obcSync(["sync"]);
      const [newest] = await database.rows<{ id: number }>("select max(id) as id from obc_sync_runs");
      const figures = {
        ...{ level: "municipality", population_at_last_sync: population },
        ...{ population_now: population - before + 900_000, by_run: newest?.id ?? null },
      };
      const remedy = `obc-sync history --coverage ${code} --level municipality`;
      // The province above jumps with it.
      return { count: 2, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
  {
    check: "beyond-32-bits",
    what: "a municipality has 2,147,483,648 households, and a province one fewer",
    async plant(database, { municipality: { id, code, name }, province }) {
      await database.rows("update municipality_coverages set households = 2147483648 where municipality_id = ?", id);
      await database.rows("update province_coverages set households = 2147483647 where province_id = ?", province.id);
      const figures = { level: "municipality", largest_figure: 2_147_483_648 };
      const remedy = `obc-sync coverage show ${code} --level municipality`;
      return { count: 1, findings: [{ code, name, figures, remedy }], remedy: "shows" };
    },
  },
];
