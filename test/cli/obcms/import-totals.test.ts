/** The totals of an import into OBCMS, where some columns are never null and a coverage has no population. */
import { beforeEach, expect, it } from "vitest";
import { documentOf } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";

interface ImportDocument {
  totals: Record<"communities" | "municipalities", Record<string, { before: number; after: number }>>;
  warnings: Array<{ row: number; column: string; kind: string; message: string }>;
}

const COLUMNS = ["estimated_obc_population", "households", "mosques_count", "madrasah_count"] as const;

onEveryObcms("the totals of an import into OBCMS", (database) => {
  beforeEach(async () => {
    await database.obcSync(["migrate"]);
    await database.rows("update communities_obc_community set madrasah_count = 0");
    await database.obcSync(["sync"]);
  });

  type Row = { code: string } & Record<(typeof COLUMNS)[number], number | null>;

  const active = () =>
    database.rows<Row>(
      `select b.code, ${COLUMNS.map((column) => `c.${column}`).join(", ")}
         from communities_obc_community c join common_barangay b on b.id = c.barangay_id
        where not c.is_deleted order by b.code`,
    );
  const sums = (rows: readonly Row[]) =>
    Object.fromEntries(COLUMNS.map((column) => [column, rows.reduce((sum, row) => sum + (row[column] ?? 0), 0)]));
  const coverages = async () => {
    const [row] = await database.rows<Record<string, number>>(
      `select sum(total_obc_communities) as total_obc_communities, sum(households) as households,
              sum(mosques_count) as mosques_count
         from communities_municipalitycoverage where auto_sync and not is_deleted`,
    );
    return row as Record<string, number>;
  };

  async function run(stdin: string, ...flags: string[]) {
    const result = await database.obcSync(["import", "communities", "-", "--json", ...flags], { stdin });
    expect(result.exitCode).toBe(0);
    return documentOf<ImportDocument>(result);
  }

  it("are those of plain SQL, and warn that blanks remove the figures of a column that is never null", async () => {
    const before = await active();
    const coveragesBefore = await coverages();
    const withMosques = before.filter(({ mosques_count }) => (mosques_count ?? 0) > 0).length;
    expect(withMosques).toBeGreaterThan(before.length / 2);
    const lines = before.map(({ code }, index) => `${code},${index},${1000 + index},,`);
    const stdin = [["barangay_code", ...COLUMNS].join(), ...lines, ""].join("\n");
    const preview = await run(stdin, "--dry-run", "--blank", "clear");
    expect(await active()).toEqual(before);
    const applied = await run(stdin, "--blank", "clear");
    expect(applied.totals).toEqual(preview.totals);
    expect(applied.warnings).toEqual(preview.warnings);

    const [sumsBefore, sumsAfter] = [sums(before), sums(await active())];
    expect(sumsAfter.mosques_count).toBe(0);
    expect(applied.totals.communities).toEqual({
      total_obc_communities: { before: before.length, after: before.length },
      ...Object.fromEntries(
        COLUMNS.map((column) => [column, { before: sumsBefore[column], after: sumsAfter[column] }]),
      ),
    });
    const { households, mosques_count, estimated_obc_population } = applied.totals.municipalities;
    const coveragesAfter = await coverages();
    const change = ({ before, after }: { before: number; after: number } = { before: 0, after: 0 }) => after - before;
    expect(change(households)).toBe(Number(coveragesAfter.households) - Number(coveragesBefore.households));
    expect(change(mosques_count)).toBe(Number(coveragesAfter.mosques_count) - Number(coveragesBefore.mosques_count));
    expect(estimated_obc_population).toBe(undefined);

    const ofColumns = applied.warnings.filter(({ row }) => row === 0);
    expect(ofColumns.filter(({ kind }) => kind === "blank")).toMatchObject([
      { column: "mosques_count", message: expect.stringContaining(`blank for ${withMosques} of the ${withMosques} `) },
    ]);
    expect(ofColumns.map(({ column }) => column)).toContain("households");
  });

  it("keep figures where a cell is blank", async () => {
    const before = await active();
    const stdin = `barangay_code,households,mosques_count\n${before.map(({ code }) => `${code},,\n`).join("")}`;
    const { totals, warnings } = await run(stdin);
    const expected = sums(before);
    expect(totals.communities).toEqual({
      total_obc_communities: { before: before.length, after: before.length },
      households: { before: expected.households, after: expected.households },
      mosques_count: { before: expected.mosques_count, after: expected.mosques_count },
    });
    expect(totals.municipalities).toEqual({});
    expect(warnings).toEqual([]);
    expect(await active()).toEqual(before);
  });
});
