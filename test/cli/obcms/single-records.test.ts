/** community and coverage on the tables of OBCMS: choices, lengths, and columns that are never null. */
import { beforeEach, expect, it } from "vitest";
import { createCommunity, updateCoverage } from "../../../src/index.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";

interface CommunityDocument {
  community: { code: string; values: Record<string, unknown> };
  fields: Record<string, { before: unknown; after: unknown }>;
}

onEveryObcms("a record of OBCMS", (database) => {
  beforeEach(async () => {
    await database.obcSync(["migrate"]);
  });

  const set = async (...assignments: string[]) => {
    const args = ["community", "set", "BUKIDNON_BAUNGON_BALINTAD", ...assignments, "--json"];
    return database.obcSync(args);
  };
  const stored = async (code: string) => {
    const [row] = await database.rows(
      "select c.* from communities_obc_community c join common_barangay b on b.id = c.barangay_id where b.code = ?",
      code,
    );
    return row;
  };

  it("reports a new community with what stands in columns that are never null", async () => {
    const args = ["community", "add", "BUKIDNON_BAUNGON_BUENAVISTA", "households=4"];
    const added = documentOf<CommunityDocument>(
      await database.obcSync([...args, "primary_ethnolinguistic_group=Maranaw", "--json"]),
    );
    const counts = { mosques_count: 0, madrasah_count: 0, asatidz_count: 0, religious_leaders_count: 0 };
    expect(added.community.values).toEqual({
      ...{ households: 4, primary_ethnolinguistic_group: "meranaw", settlement_type: "village" },
      ...counts,
    });
    expect(await stored("BUKIDNON_BAUNGON_BUENAVISTA")).toMatchObject({ ...added.community.values, notes: "" });
    const shown = documentOf<CommunityDocument>(
      await database.obcSync(["community", "show", "BUKIDNON_BAUNGON_BUENAVISTA", "--json"]),
    );
    expect(shown.community.values).toMatchObject({ ...added.community.values, notes: null, families: null });
  });

  it("reports what a cleared column holds then", async () => {
    const cleared = ["mosques_count=", "settlement_type=", "obc_id=", "households="];
    await set("mosques_count=3", "settlement_type=purok", "obc_id=B-7", "households=8");
    const { fields } = documentOf<CommunityDocument>(await set(...cleared));
    expect(fields).toEqual({
      mosques_count: { before: 3, after: 0 },
      settlement_type: { before: "purok", after: "village" },
      obc_id: { before: "B-7", after: null },
      households: { before: 8, after: null },
    });
    const expected = { mosques_count: 0, settlement_type: "village", obc_id: "", households: null };
    expect(await stored("BUKIDNON_BAUNGON_BALINTAD")).toMatchObject(expected);
    expect(documentOf<CommunityDocument>(await set(...cleared)).fields).toEqual({});
  });

  it("writes nothing where nothing changes, and says so", async () => {
    await database.obcSync(["sync"]);
    await set("households=8");
    const coverages = () => database.rows("select * from communities_municipalitycoverage order by id");
    const covered = await coverages();
    const community = await stored("BUKIDNON_BAUNGON_BALINTAD");
    for (const [args, heading] of [
      [["community", "set", "BUKIDNON_BAUNGON_BALINTAD", "households=8"], "Unchanged community: Balintad, Baungon"],
      [["community", "restore", "BUKIDNON_BAUNGON_BALINTAD"], "Unchanged community: Balintad, Baungon"],
      [["coverage", "auto", "BUKIDNON_DAMULOG"], "Unchanged: municipality coverage of Damulog"],
    ] as const) {
      const { stdout } = await database.obcSync([...args]);
      expect(stdout).toContain(heading);
    }
    expect(await stored("BUKIDNON_BAUNGON_BALINTAD")).toEqual(community);
    expect(await coverages()).toEqual(covered);
    const { stdout } = await database.obcSync(["community", "add", "BUKIDNON_BAUNGON_BUENAVISTA"]);
    expect(stdout).toContain("Added community: Buenavista");
  });

  it("refuses what is no choice and what does not fit, and writes nothing", async () => {
    const before = await stored("BUKIDNON_BAUNGON_BALINTAD");
    const refused = async (...assignments: string[]) => {
      const result = await set(...assignments);
      expect(result.exitCode).toBe(1);
      return documentOf<ErrorDocument>(result).error.message;
    };
    expect(await refused("households=5", "settlement_type=market")).toBe(
      'settlement_type: "market": not one of: village, subdivision, sitio, purok, compound, dispersed',
    );
    expect(await refused(`obc_id=${"x".repeat(51)}`)).toContain("too long: 51 characters, and the column takes 50");
    expect(await stored("BUKIDNON_BAUNGON_BALINTAD")).toEqual(before);
    const values = { proximity_to_barmm: "far" };
    await expect(createCommunity(database.knex, "BUKIDNON_BAUNGON_BUENAVISTA", values)).rejects.toMatchObject({
      code: "USAGE",
      message: 'proximity_to_barmm: "far": not one of: adjacent, near, distant',
    });
  });

  it("takes no figure of a coverage beyond 32 bits", async () => {
    const coverage = { level: "municipality", unit: "BUKIDNON_CABANGLASAN" } as const;
    await expect(updateCoverage(database.knex, coverage, { households: 2_147_483_648 })).rejects.toMatchObject({
      code: "USAGE",
      hint: "It takes a whole number from 0 to 2,147,483,647, or null.",
    });
    const set = ["coverage", "set", coverage.unit, "households=2147483647", "mosques_count=", "--json"];
    const report = documentOf<CommunityDocument>(await database.obcSync(set));
    expect(report.fields).toMatchObject({ households: { after: 2_147_483_647 }, mosques_count: { after: 0 } });
    expect(documentOf<CommunityDocument>(await database.obcSync(set)).fields).toEqual({});
  });
});
