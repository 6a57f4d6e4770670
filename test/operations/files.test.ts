/** Files given to the library only by name, with default options for reading them. */
import { expect, it } from "vitest";
import { importCommunities, resolveCommunities, verify } from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { fixture } from "../helpers/project.ts";

const file = fixture("communities.csv");

onEveryDatabase(
  "a file of communities",
  (database) => {
    it("resolves every row", async () => {
      const { resolved, unresolved, rows } = await resolveCommunities(database.knex, { file });
      expect({ resolved, unresolved, rows: rows.length }).toEqual({ resolved: 600, unresolved: 0, rows: 600 });
    });

    it("can be compared with the tables", async () => {
      const compared = async () => (await verify(database.knex, { source: { file } })).source?.mismatches.length;
      expect(await compared()).toBe(0);
      await database.rows("update municipality_coverages set households = households + 1");
      const [stored] = await database.rows<{ n: number }>("select count(*) as n from municipality_coverages");
      expect(await compared()).toBe(Number(stored?.n));
    });

    it("changes nothing if it was imported before", async () => {
      expect(await importCommunities(database.knex, { file })).toMatchObject({
        rows: 600,
        unchanged: 600,
        rejected: 0,
      });
    });
  },
  { stage: "example" },
);
