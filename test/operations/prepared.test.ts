/** Which statements of a connection the PostgreSQL server keeps prepared. */
import { expect, it } from "vitest";
import { syncEntireHierarchy, updateCommunity } from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { useUsersKnex } from "../helpers/users-knex.ts";

const IN_DAMULOG = "1001302001";

onEveryDatabase(
  "statements of the library",
  (database) => {
    const open = useUsersKnex(database);

    it.runIf(database.kind === "postgres")("are planned once, however often they are sent", async () => {
      const knex = open();
      const plansOf = async () => {
        const { rows } = await knex.raw(
          "select generic_plans + custom_plans as uses from pg_prepared_statements where statement like '%province_plan%'",
        );
        return rows.map(({ uses }: { uses: string }) => Number(uses));
      };
      await updateCommunity(knex, IN_DAMULOG, { households: 1 });
      // A process that syncs once must not depend on named statements: some poolers do not support them.
      expect(await plansOf()).toEqual([]);
      for (let households = 2; households <= 12; households += 1) {
        await updateCommunity(knex, IN_DAMULOG, { households });
      }
      expect(await plansOf()).toEqual([11]);
      const { rows } = await knex.raw(
        "select generic_plans from pg_prepared_statements where statement like '%province_plan%'",
      );
      // The server makes five plans for the given values before it chooses a generic plan.
      expect(Number(rows[0].generic_plans)).toBe(6);
      await expectCoveragesInStep(database);
    });

    it("stay correct when the tables change", async () => {
      const knex = open();
      for (let households = 1; households <= 8; households += 1) {
        await updateCommunity(knex, IN_DAMULOG, { households });
      }
      await knex.raw("create index another_index on obc_communities (households)");
      await knex.raw("alter table municipality_coverages add column remarks text");
      await updateCommunity(knex, IN_DAMULOG, { households: 9 });
      await syncEntireHierarchy(knex);
      await expectCoveragesInStep(database);
    });

    it.runIf(database.kind === "postgres").each([
      ["the server has dropped them", "deallocate all"],
      ["a column has another type", "alter table municipality_coverages alter column households type numeric"],
    ])("are prepared again if %s", async (_, statement) => {
      const knex = open();
      for (let households = 1; households <= 3; households += 1) {
        await updateCommunity(knex, IN_DAMULOG, { households });
      }
      await knex.raw(statement);
      await updateCommunity(knex, IN_DAMULOG, { households: 9 });
      await expectCoveragesInStep(database);
    });
  },
  { stage: "example" },
);
