/** Figures by the library: in a transaction of the caller, and left before their end. */
import { expect, it } from "vitest";
import { exportCommunities, exportCoverages, type FigureRow, listCoverages, withFigures } from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { useUsersKnex } from "../../helpers/users-knex.ts";

const DAMULOG = { kind: "municipality", units: ["Damulog"] } as const;

onEveryDatabase(
  "figures of the library",
  (database) => {
    const open = useUsersKnex(database);
    const scope = { ...DAMULOG, units: [...DAMULOG.units] };

    it("have what the caller's transaction has written", async () => {
      const knex = open();
      const households = await knex.transaction(async (transaction) => {
        await transaction("obc_communities").update({ households: 7 });
        return withFigures(transaction, { level: "community", scope }, async (rows) => {
          const found: FigureRow[] = [];
          for await (const row of rows) found.push(row);
          return found.map(({ values }) => values.households);
        });
      });
      expect(households).toEqual(Array(9).fill(7));
    });

    it("end the query where the reader stops, throws or closes the pipe", async () => {
      const knex = open();
      const first = await withFigures(knex, { level: "municipality" }, async (rows) => {
        for await (const row of rows) return row.values.municipality;
        return null;
      });
      expect(first).toEqual(expect.any(String));
      const thrown = withFigures(knex, { level: "community" }, async (rows) => {
        for await (const row of rows) throw new Error(row.level);
      });
      await expect(thrown).rejects.toThrow("community");
      const texts: string[] = [];
      const write = async (text: string) => {
        texts.push(text);
        return false;
      };
      expect(await exportCommunities(knex, { write })).toMatchObject({ stoppedEarly: true });
      expect(await exportCoverages(knex, { level: "all", format: "json", write })).toMatchObject({
        stoppedEarly: true,
      });
      expect(texts).toHaveLength(2);
      await knex("obc_communities").update({ households: 8 });
    });

    it("are listed sorted, with blank ones last, and counted beyond the limit", async () => {
      const knex = open();
      await knex("municipality_coverages")
        .where("municipality_id", knex("municipalities").select("id").where("name", "Damulog"))
        .update({ households: null });
      const list = (sort: string, limit?: number) => listCoverages(knex, { fields: ["households"], sort, limit });
      const [counted] = await database.rows<{ total: number }>("select count(*) as total from municipality_coverages");
      for (const [sort, order] of [
        ["households", 1],
        ["-households", -1],
      ] as const) {
        const { rows, columns } = await list(sort);
        const figures = rows.map((row) => row[columns.findIndex(({ name }) => name === "households")]);
        expect(figures.at(-1)).toBeNull();
        const known = figures.slice(0, -1).map(Number);
        expect(known).toEqual([...known].sort((left, right) => (left - right) * order));
        const limited = await list(sort, 3);
        expect(limited).toMatchObject({ rows: rows.slice(0, 3), total: Number(counted?.total) });
      }
    });
  },
  { stage: "example" },
);
