/** Single communities and coverages, changed through the library. */
import { expect, it } from "vitest";
import {
  archiveCommunity,
  type CommunityValues,
  type CoverageValue,
  createCommunity,
  removeCommunity,
  restore,
  restoreCommunity,
  setAutoSync,
  softDelete,
  UsageError,
  updateCommunity,
  updateCoverage,
} from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { digest, storedCoverages } from "../helpers/plain-sql.ts";
import { useUsersKnex } from "../helpers/users-knex.ts";

const DAMULOG = { level: "municipality", unit: "1001302000" } as const;
const BUKIDNON = { level: "province", unit: "1001300000" } as const;
const IN_DAMULOG = "1001302001";
const IN_BAUNGON = "1001301001";

/** What no figure may be. Of these only 2 ** 31 fits a coverage. */
const WRONG_FIGURES: ReadonlyArray<[value: unknown, named: string]> = [
  [2 ** 31, "2147483648"],
  [-1, "-1"],
  [1.5, "1.5"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  ["abc", '"abc"'],
  ["12", '"12"'],
  [true, "true"],
  [[], "an array"],
  [{}, "an object"],
  [new Date(0), "a Date"],
];

onEveryDatabase(
  "records of the library",
  (database) => {
    const open = useUsersKnex(database);

    async function communityRow(code: string) {
      const [row] = await database.rows(
        "select c.* from obc_communities c join barangays b on b.id = c.barangay_id where b.code = ?",
        code,
      );
      return row;
    }

    it("createCommunity, updateCommunity and removeCommunity sync both levels", async () => {
      const knex = open();
      const created = await createCommunity(knex, IN_BAUNGON, { households: 200, notes: "by the river" });
      expect(created).toMatchObject({
        before: { values: null },
        after: { values: { households: 200 }, name: "Balintad" },
      });
      expect(created.plan.changes.map(({ action, name }) => [action, name])).toEqual([
        ["created", "Baungon"],
        ["updated", "Bukidnon"],
      ]);
      expect(await communityRow(IN_BAUNGON)).toMatchObject({ households: 200, notes: "by the river", families: null });
      await expectCoveragesInStep(database);

      const updated = await updateCommunity(knex, IN_BAUNGON, { households: 150, notes: null });
      expect(updated.fields).toEqual({
        households: { before: 200, after: 150 },
        notes: { before: "by the river", after: null },
      });
      await expectCoveragesInStep(database);

      await removeCommunity(knex, IN_BAUNGON);
      expect(await communityRow(IN_BAUNGON)).toBeUndefined();
      expect((await storedCoverages(database, "municipality"))["1001301000"]).toMatchObject({
        total_obc_communities: 0,
        key_barangays: "",
        households: 0,
      });
      await expectCoveragesInStep(database);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    it("archiveCommunity and restoreCommunity stop and resume counting a community", async () => {
      const knex = open();
      const before = await storedCoverages(database, "province");
      await archiveCommunity(knex, IN_DAMULOG);
      expect((await storedCoverages(database, "municipality"))[DAMULOG.unit]?.total_obc_communities).toBe(8);
      await expectCoveragesInStep(database);
      await restoreCommunity(knex, IN_DAMULOG);
      expect(await storedCoverages(database, "province")).toEqual(before);
      await expectCoveragesInStep(database);
    });

    it("softDelete and restore of a municipality sync its province; those of a province sync nothing else", async () => {
      const knex = open();
      const before = await storedCoverages(database, "province");
      const deleted = await softDelete(knex, DAMULOG);
      expect(deleted.plan.changes.map(({ name }) => name)).toEqual(["Bukidnon"]);
      expect((await storedCoverages(database, "province"))[BUKIDNON.unit]?.total_municipalities).toBe(7);
      await database.rows("update obc_communities set households = 500");
      await restore(knex, DAMULOG);
      expect((await storedCoverages(database, "municipality"))[DAMULOG.unit]?.households).toBe(9 * 500);

      const municipalities = await storedCoverages(database, "municipality");
      expect((await softDelete(knex, BUKIDNON)).plan.changes).toEqual([]);
      expect((await restore(knex, BUKIDNON)).plan.changes).toEqual([]);
      expect(await storedCoverages(database, "municipality")).toEqual(municipalities);
      expect((await storedCoverages(database, "province"))["0907200000"]).toEqual(before["0907200000"]);
    });

    it("setAutoSync and updateCoverage make a coverage manual, change it, and make it automatic again", async () => {
      const knex = open();
      const right = await storedCoverages(database, "municipality");
      await expect(updateCoverage(knex, DAMULOG, { households: 5000 })).rejects.toMatchObject({
        code: "COVERAGE_AUTOMATIC",
      });
      await setAutoSync(knex, DAMULOG, false);
      const households = right[DAMULOG.unit]?.households;
      const set = await updateCoverage(knex, DAMULOG, { households: 5000, existing_support_programs: "seeds" });
      expect(set.fields).toEqual({
        households: { before: households, after: 5000 },
        existing_support_programs: { before: null, after: "seeds" },
      });
      await expectCoveragesInStep(database);
      await setAutoSync(knex, DAMULOG, true);
      expect(await storedCoverages(database, "municipality")).toEqual(right);
      await expectCoveragesInStep(database);
    });

    it("curated fields of a community can be set, and are not written to its coverage", async () => {
      const before = (await storedCoverages(database, "municipality"))[DAMULOG.unit];
      await updateCommunity(open(), IN_DAMULOG, { households: 999, families: 998 }, { curatedFields: ["households"] });
      const after = (await storedCoverages(database, "municipality"))[DAMULOG.unit];
      expect(after?.households).toBe(before?.households);
      expect(after?.families).not.toBe(before?.families);
      expect(await communityRow(IN_DAMULOG)).toMatchObject({ households: 999, families: 998 });
    });

    it("wrong figures are refused with column and value, and nothing is written", async () => {
      const knex = open();
      await setAutoSync(knex, DAMULOG, false);
      const before = await digest(database);
      for (const [value, named] of WRONG_FIGURES) {
        const values = { families: 3, households: value } as CommunityValues;
        for (const attempt of [
          () => createCommunity(knex, IN_BAUNGON, values),
          () => updateCommunity(knex, IN_DAMULOG, values),
        ]) {
          const error = await attempt().catch((thrown: unknown) => thrown);
          expect(error, String(value)).toBeInstanceOf(UsageError);
          expect(error).toMatchObject({ message: `households cannot be ${named}` });
        }
        if (value === 2 ** 31) continue;
        const wrong = { households: value } as Record<string, CoverageValue>;
        const error = await updateCoverage(knex, DAMULOG, wrong).catch((thrown: unknown) => thrown);
        expect(error, String(value)).toBeInstanceOf(UsageError);
        expect(error).toMatchObject({ message: `households cannot be ${named}` });
      }
      const latitude = updateCommunity(knex, IN_DAMULOG, { latitude: 91 });
      await expect(latitude).rejects.toMatchObject({ hint: "It takes degrees from -90 to 90, or null." });
      for (const values of [{ house_holds: 3 }, { is_deleted: 1 }, { barangay_id: 1 }]) {
        await expect(updateCommunity(knex, IN_DAMULOG, values as CommunityValues)).rejects.toBeInstanceOf(UsageError);
      }
      for (const values of [
        { key_municipalities: "x" },
        { auto_sync: 1 },
        { key_barangays: null },
        { key_barangays: 3 },
        { total_obc_communities: null },
        { households: 2 ** 53 },
        { existing_support_programs: true },
        { existing_support_programs: { name: "x" } },
        { key_barangays: new Date(0) },
        null,
      ]) {
        const attempt = updateCoverage(knex, DAMULOG, values as Record<string, CoverageValue>);
        await expect(attempt).rejects.toBeInstanceOf(UsageError);
      }
      expect(await digest(database)).toBe(before);
    });

    it("undefined is a value that was not given: it changes nothing and is no change in the report", async () => {
      const knex = open();
      await updateCommunity(knex, IN_DAMULOG, { households: 12, notes: "kept" });
      const updated = await updateCommunity(knex, IN_DAMULOG, { households: undefined, notes: undefined, families: 4 });
      expect(Object.keys(updated.fields)).toEqual(["families"]);
      expect(updated.after.values).toMatchObject({ households: 12, notes: "kept", families: 4 });
      expect(await communityRow(IN_DAMULOG)).toMatchObject({ households: 12, notes: "kept", families: 4 });

      const created = await createCommunity(knex, IN_BAUNGON, { households: undefined, families: 3 });
      expect(created.fields).toEqual({ families: { before: null, after: 3 } });
      expect(await communityRow(IN_BAUNGON)).toMatchObject({ households: null, families: 3 });

      await setAutoSync(knex, DAMULOG, false);
      const { households } = (await storedCoverages(database, "municipality"))[DAMULOG.unit] ?? {};
      const coverage = await updateCoverage(knex, DAMULOG, { households: undefined, families: 77 });
      expect(Object.keys(coverage.fields)).toEqual(["families"]);
      const after = (await storedCoverages(database, "municipality"))[DAMULOG.unit];
      expect(after).toMatchObject({ households, families: 77 });
    });

    it("the largest figures are taken: 32 bits of a community, exact numbers of a coverage", async () => {
      const knex = open();
      await updateCommunity(knex, IN_DAMULOG, { households: 2 ** 31 - 1, families: 0 });
      await updateCommunity(knex, "1001302002", { households: 2 ** 31 - 1 });
      await expectCoveragesInStep(database);
      await setAutoSync(knex, DAMULOG, false);
      await updateCoverage(knex, DAMULOG, { households: 2 ** 53 - 1 - 2 ** 32, families: null });
      await expectCoveragesInStep(database);
    });

    it("a change that does not fit the state of a record is refused, with what to do instead", async () => {
      const knex = open();
      const before = await digest(database);
      for (const [attempt, code] of [
        [() => createCommunity(knex, IN_DAMULOG, {}), "COMMUNITY_EXISTS"],
        [() => updateCommunity(knex, IN_BAUNGON, { households: 1 }), "COMMUNITY_MISSING"],
        [() => archiveCommunity(knex, IN_BAUNGON), "COMMUNITY_MISSING"],
        [() => restoreCommunity(knex, IN_BAUNGON), "COMMUNITY_MISSING"],
        [() => removeCommunity(knex, IN_BAUNGON), "COMMUNITY_MISSING"],
        [() => removeCommunity(knex, "9999999999"), "UNIT_UNKNOWN"],
        [() => archiveCommunity(knex, "Poblacion"), "UNIT_AMBIGUOUS"],
        [() => softDelete(knex, { level: "municipality", unit: "Baungon" }), "COVERAGE_MISSING"],
        [() => restore(knex, { level: "province", unit: "Cebu" }), "COVERAGE_MISSING"],
        [() => setAutoSync(knex, { level: "province", unit: "Atlantis" }, true), "UNIT_UNKNOWN"],
      ] as const) {
        await expect(attempt()).rejects.toMatchObject({ code, hint: expect.stringMatching(/./) });
      }
      expect(await digest(database)).toBe(before);
    });
  },
  { stage: "example" },
);
