import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { addCommunity, digest } from "../../helpers/plain-sql.ts";

interface ImportDocument {
  created: number;
  updated: number;
  unchanged: number;
  warnings: Array<{ row: number; column: string; code: string; value: string; kind: string; message: string }>;
  warningKinds: Record<string, number>;
  archived: Array<{ code: string; name: string; municipality: string }>;
}

onEveryDatabase("an import warns about, and imports,", (database) => {
  const run = async (lines: string[], ...flags: string[]) => {
    const stdin = `${lines.join("\n")}\n`;
    const result = await database.obcSync(["import", "communities", "-", "--json", ...flags], { stdin });
    return { exitCode: result.exitCode, ...documentOf<ImportDocument>(result) };
  };

  it("parts above their whole", async () => {
    const { exitCode, created, warnings, warningKinds } = await run([
      "barangay_code,estimated_obc_population,households,women_count,children_0_9,adults_31_59,total_barangay_population",
      "1001301001,100,101,100,60,41,99",
      "1001301002,100,100,,100,,100",
      "1001301003,,500,,,,",
      "1001301004,100,,,101,,",
    ]);
    expect({ exitCode, created, warningKinds }).toEqual({ exitCode: 0, created: 4, warningKinds: { implausible: 4 } });
    expect(warnings.map(({ row, column, value, message }) => [row, column, value, message])).toEqual([
      [2, "estimated_obc_population", "100", "above total_barangay_population, which is 99"],
      [2, "households", "101", "above estimated_obc_population, which is 100"],
      [2, "estimated_obc_population", "100", "below the sum of the age groups, which is 101"],
      [5, "children_0_9", "101", "above estimated_obc_population, which is 100"],
    ]);
  });

  it("a population above the barangay's", async () => {
    await database.rows("update barangays set population = 50 where code in ('1001301001', '1001301002')");
    const { exitCode, warnings } = await run([
      "barangay_code,estimated_obc_population",
      "1001301001,50",
      "1001301002,51",
      "1001301003,999999",
    ]);
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([
      {
        row: 3,
        column: "estimated_obc_population",
        code: "1001301002",
        value: "51",
        kind: "implausible",
        message: "above the barangay's census population, which is 50",
      },
    ]);
  });

  it("figures more than ten times the stored ones, or less than a tenth", async () => {
    for (const [at, households] of [10, 10, 100, 100, 0, 10, 2_000_000_000].entries()) {
      await addCommunity(database, `100130100${at + 1}`, { households });
    }
    const { exitCode, updated, warnings } = await run([
      "barangay_code,households",
      "1001301001,100",
      "1001301002,101",
      "1001301003,10",
      "1001301004,9",
      "1001301005,5000",
      "1001301006,",
      "1001301007,3",
    ]);
    expect({ exitCode, updated }).toEqual({ exitCode: 0, updated: 6 });
    expect(warnings.map(({ row, code, value, kind, message }) => [row, code, value, kind, message])).toEqual([
      [3, "1001301002", "101", "jump", "the stored figure is 10: this one differs by a factor of more than 10"],
      [5, "1001301004", "9", "jump", "the stored figure is 100: this one differs by a factor of more than 10"],
      [
        8,
        "1001301007",
        "3",
        "jump",
        "the stored figure is 2,000,000,000: this one differs by a factor of more than 10",
      ],
    ]);
  });

  it("several problems, counted by kind before they are listed", async () => {
    const rows = Array.from({ length: 16 }, (_, at) => `10013010${String(at + 1).padStart(2, "0")},5,9`);
    const stdin = `barangay_code,estimated_obc_population,households\n${rows.join("\n")}\n1101302001,1,2\n`;
    const { stdout } = await database.obcSync(["import", "communities", "-"], { stdin });
    expect(stdout).toMatch(
      /^Warnings:\n +17 {2}figures that exceed the whole they are part of\n +1 {2}codes from another edition of the PSGC\n\n {2}! row 2, /,
    );
  });
});

onEveryDatabase(
  "--archive-missing",
  (database) => {
    const scope = ["--archive-missing", "--municipality", "0907201000"];
    const activeCodes = async () =>
      (
        await database.rows<{ code: string }>(
          "select b.code from obc_communities c join barangays b on b.id = c.barangay_id where b.code like '0907201%' and not c.is_deleted order by b.code",
        )
      ).map(({ code }) => code);
    const fileOf = (codes: string[]) => `barangay_code,notes\n${codes.map((code) => `${code},`).join("\n")}\n`;
    async function run(codes: string[], ...flags: string[]) {
      const args = ["import", "communities", "-", ...scope, "--json", ...flags];
      return database.obcSync(args, { stdin: fileOf(codes) });
    }

    it("shows in a dry run what it would archive, even if this is more than a fifth, and writes nothing", async () => {
      const [kept = "", ...missing] = await activeCodes();
      const before = await digest(database);
      const result = await run([kept], "--dry-run");
      expect(result.exitCode).toBe(0);
      expect(documentOf<ImportDocument>(result).archived.map(({ code }) => code)).toEqual(missing);
      const text = await database.obcSync(["import", "communities", "-", ...scope, "--dry-run"], {
        stdin: fileOf([kept]),
      });
      expect(text.stdout).toContain(`To archive, because they are not in the file: ${missing.length}\n`);
      for (const code of missing) expect(text.stdout).toContain(`  - ${code} `);
      expect(await digest(database)).toBe(before);
    });

    it("archives up to a fifth of the scope without --yes, and no community outside the scope", async () => {
      const codes = await activeCodes();
      for (const barangay of await database.rows<{ code: string }>(
        "select b.code from barangays b where b.code like '0907201%' and not exists (select 1 from obc_communities c where c.barangay_id = b.id) order by b.code limit 1",
      )) {
        await addCommunity(database, barangay.code, { households: 1 });
      }
      const ten = await activeCodes();
      expect(ten).toHaveLength(10);
      const [total] = await database.rows<{ n: number }>("select count(*) as n from obc_communities");
      const twoLess = ten.slice(2);
      expect((await run(ten.slice(3))).exitCode).toBe(1);
      expect(await activeCodes()).toEqual(ten);
      const archived = await run(twoLess);
      expect(archived.exitCode).toBe(0);
      expect(documentOf<ImportDocument>(archived).archived.map(({ code }) => code)).toEqual(ten.slice(0, 2));
      expect(await activeCodes()).toEqual(twoLess);
      expect(codes).toHaveLength(9);
      expect(await database.rows("select count(*) as n from obc_communities where is_deleted")).toEqual([{ n: 2 }]);
      expect(await database.rows("select count(*) as n from obc_communities")).toEqual([total]);
      expect(await database.obcSync(["verify", "--quiet"])).toMatchObject({ exitCode: 0, stdout: "" });
    });

    it.each([
      [["--archive-missing"], /--archive-missing needs a scope/],
      [[...scope, "--skip-invalid"], /cannot be combined with --skip-invalid/],
      [[...scope, "--max-errors", "3"], /cannot be combined with --max-errors/],
      [["--municipality", "0907201000"], /--municipality requires --archive-missing or --template/],
    ])("%j is refused", async (flags, message) => {
      const result = await database.obcSync(["import", "communities", "-", ...flags], {
        stdin: fileOf(["0907201006"]),
      });
      expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(message) });
    });
  },
  { stage: "example" },
);
