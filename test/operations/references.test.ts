/** Communities by the names of their barangays. */
import { expect, it } from "vitest";
import { showCommunity } from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";

interface Place {
  code: string;
  name: string;
  municipality: string;
  province: string;
}

onEveryDatabase("a barangay whose name has a comma", (database) => {
  const places = () =>
    database.rows<Place>(
      `select b.code, b.name, m.name as municipality, p.name as province
         from barangays b join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
        where b.name like '%,%' order by b.code`,
    );

  it("is found as it is written, with its municipality, and with its province too", async () => {
    const all = await places();
    expect(all).toHaveLength(133);
    for (const { code, name, municipality, province } of all) {
      for (const reference of [`${name}, ${municipality}`, `${name.toUpperCase()},${municipality}, ${province}`]) {
        const { community } = await showCommunity(database.knex, reference);
        expect(community.code, reference).toBe(code);
      }
    }
  });

  it.each([
    ["Bgy. No. 42, Apaya", "0102812001"],
    ["Barangay 42, Apaya, Laoag City", "0102812001"],
    ["brgy. no. 42, apaya, laoag, ilocos norte", "0102812001"],
    ["Pili 1, 2, 3, Hamtic", "0600608042"],
    ["Balintad, Baungon, Bukidnon", "1001301001"],
  ])("%s is %s", async (reference, code) => {
    expect((await showCommunity(database.knex, reference)).community.code).toBe(code);
  });

  it.each(["Bgy. No. 42, Apaya, Baungon", ", ,"])("%s is nothing", async (reference) => {
    await expect(showCommunity(database.knex, reference)).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
  });
});
