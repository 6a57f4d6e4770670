/** Warnings about whole columns of a file: totals that change too much, figures that are removed, columns shifted by one. */
import { expect, it } from "vitest";
import { FIELDS, type Field } from "../../../src/core/fields.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { fixture } from "../../helpers/project.ts";

interface ImportDocument {
  created: number;
  updated: number;
  warnings: Array<{ row: number; column: string; code: string; value: string; kind: string; message: string }>;
  warningKinds: Record<string, number>;
}

type Stored = { code: string } & Record<Field, number | null>;

const OF_COLUMNS = ["shifted", "blank", "total"];

/** A wide part of the fields, in the order of a file. */
const COLUMNS = FIELDS.slice(0, 12);

onEveryDatabase(
  "an import warns about",
  (database) => {
    /** The first communities that are stored, with all figures. */
    const stored = (count: number) =>
      database.rows<Stored>(
        `select b.code, ${FIELDS.map((field) => `c.${field}`).join(", ")}
           from obc_communities c join barangays b on b.id = c.barangay_id
          where ${COLUMNS.map((field) => `c.${field} > 0`).join(" and ")} order by b.code limit ${count}`,
      );

    const csv = (
      rows: readonly Stored[],
      columns: readonly Field[],
      figureOf: (row: Stored, column: number) => unknown,
    ) =>
      [
        ["barangay_code", ...columns].join(),
        ...rows.map((row) => [row.code, ...columns.map((_, column) => figureOf(row, column) ?? "")].join()),
        "",
      ].join("\n");

    async function run(stdin: string, ...flags: string[]) {
      const result = await database.obcSync(["import", "communities", "-", "--json", ...flags], { stdin });
      const { warnings, ...document } = documentOf<ImportDocument>(result);
      const ofColumns = warnings.filter(({ kind }) => OF_COLUMNS.includes(kind));
      // That the file was imported before comes first of all.
      const others = warnings.filter(({ kind }) => kind !== "imported-before");
      expect(others.slice(0, ofColumns.length)).toEqual(ofColumns);
      expect(ofColumns.length).toBe(OF_COLUMNS.reduce((sum, kind) => sum + (document.warningKinds[kind] ?? 0), 0));
      return { exitCode: result.exitCode, ...document, ofColumns };
    }

    const sum = (rows: readonly Stored[], field: Field) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
    const grouped = (figure: number) => figure.toLocaleString("en-US");

    it("a total that changes by more than half, in the dry run as in the run", async () => {
      const rows = await stored(40);
      const before = sum(rows, "estimated_obc_population");
      const double = csv(rows, ["estimated_obc_population", "households"], (row, column) =>
        column === 0 ? (row.estimated_obc_population ?? 0) * 2 : row.households,
      );
      const expected = [
        {
          ...{ row: 0, column: "estimated_obc_population", code: "", value: "", kind: "total" },
          message: `over the 40 stored communities in the file, the total changes from ${grouped(before)} to ${grouped(2 * before)} (+100.0 %)`,
        },
      ];
      const untouched = await digest(database);
      const preview = await run(double, "--dry-run");
      expect(preview).toMatchObject({ exitCode: 0, updated: 40, ofColumns: expected });
      expect(await digest(database)).toBe(untouched);
      expect(await run(double)).toMatchObject({ exitCode: 0, updated: 40, ofColumns: expected });
      const again = await run(double);
      expect(again).toMatchObject({ updated: 0, ofColumns: [] });
      const ndjson = rows.map((row) => JSON.stringify({ barangay_code: row.code, households: 1 })).join("\n");
      expect((await run(ndjson)).ofColumns).toMatchObject([{ row: 0, column: "households", kind: "total" }]);
    });

    it("no total of communities that are created, archived, skipped or few", async () => {
      const rows = await stored(29);
      const [archived, kept] = [rows.slice(0, 14), rows.slice(14)];
      await database.rows(
        `update obc_communities set is_deleted = true where barangay_id in
          (select id from barangays where code in (${archived.map(({ code }) => `'${code}'`).join()}))`,
      );
      const created = await database.rows<Stored>(
        `select b.code from barangays b left join obc_communities c on c.barangay_id = b.id
          where c.barangay_id is null order by b.code limit 30`,
      );
      const file = csv([...archived, ...kept, ...created], ["households"], (row) =>
        kept.includes(row) ? row.households : 5_000,
      );
      expect(await run(file)).toMatchObject({ created: 30, ofColumns: [] });
      const tenfold = (communities: readonly Stored[]) =>
        csv(communities, ["households"], ({ households }) => (households ?? 0) * 10);
      expect(await run(tenfold(kept), "--on-conflict", "skip")).toMatchObject({ updated: 0, ofColumns: [] });
      expect(await run(tenfold(kept.slice(0, 1)))).toMatchObject({ updated: 1, ofColumns: [] });
      const nine = kept.slice(1, 10);
      expect(await run(tenfold(nine), "--dry-run")).toMatchObject({ updated: 9, ofColumns: [] });
      expect(await run(tenfold([...archived, ...nine]), "--dry-run")).toMatchObject({ updated: 23, ofColumns: [] });
      const ten = kept.slice(1, 11);
      expect((await run(tenfold(ten), "--dry-run")).ofColumns).toMatchObject([{ column: "households", kind: "total" }]);
      // A tenth community with a figure of 0 does not make them ten.
      await database.rows(
        "update obc_communities set households = 0 where barangay_id = (select id from barangays where code = ?)",
        ten[0]?.code as string,
      );
      expect(await run(tenfold(ten), "--dry-run")).toMatchObject({ updated: 10, ofColumns: [] });
    });

    it("figures that --blank clear removes, and not blanks that keep the stored figures", async () => {
      const rows = await stored(40);
      const before = sum(rows, "women_count");
      const after = sum(rows.slice(0, 19), "women_count");
      const blank = csv(rows, ["women_count", "pwd_count"], (row, column) => {
        if (column === 1) return rows.indexOf(row) < 30 ? row.pwd_count : null;
        return rows.indexOf(row) < 19 ? row.women_count : null;
      });
      expect(await run(blank)).toMatchObject({ updated: 0, ofColumns: [] });
      const { updated, ofColumns } = await run(blank, "--blank", "clear");
      expect(updated).toBe(21);
      expect(ofColumns.map(({ row, column, kind }) => [row, column, kind])).toEqual([[0, "women_count", "blank"]]);
      expect(ofColumns[0]?.message).toContain("blank for 21 of the 40 communities that have a figure");
      expect(ofColumns[0]?.message).toContain(`from ${grouped(before)} to ${grouped(after)} (`);
    });

    it("columns shifted by one, to either side, and two that are exchanged", async () => {
      const rows = await stored(40);
      const shiftedBy = (by: number) => csv(rows, COLUMNS, (row, column) => row[COLUMNS[column + by] as Field]);
      const shifts = async (file: string) =>
        (await run(file, "--dry-run")).ofColumns.flatMap(({ kind, column, message }) =>
          kind === "shifted" ? [[column, message]] : [],
        );
      expect(await shifts(shiftedBy(0))).toEqual([]);
      expect(await shifts(shiftedBy(1))).toEqual([
        [
          "estimated_obc_population",
          "looks like what is stored as total_barangay_population, total_barangay_population like households, and so on up to solo_parents_count: are the columns shifted by one?",
        ],
      ]);
      expect(await shifts(shiftedBy(-1))).toEqual([
        [
          "total_barangay_population",
          "looks like what is stored as estimated_obc_population, households like total_barangay_population, and so on up to pwd_count: are the columns shifted by one?",
        ],
      ]);
      const exchanged = csv(rows, ["children_0_9", "women_count", "households"], (row, column) =>
        [row.women_count, row.children_0_9, row.households].at(column),
      );
      expect(await shifts(exchanged)).toEqual([
        [
          "children_0_9",
          "looks like what is stored as women_count, women_count like children_0_9: are the two columns exchanged?",
        ],
      ]);
    });

    it("nothing if the file is unchanged, if every population grows by a tenth, or if nothing is stored", async () => {
      const path = fixture("communities.csv");
      const again = await database.obcSync(["import", "communities", path, "--json"]);
      expect(documentOf<ImportDocument>(again)).toMatchObject({ updated: 0, warningKinds: {} });
      const rows = await stored(600);
      const grown = csv(rows, COLUMNS, (row, column) =>
        column === 0 ? Math.round((row.estimated_obc_population ?? 0) * 1.1) : row[COLUMNS[column] as Field],
      );
      expect(await run(grown)).toMatchObject({ updated: rows.length, ofColumns: [] });
      await database.rows("delete from obc_communities");
      const first = await database.obcSync(["import", "communities", path, "--json", "--blank", "clear"]);
      expect(documentOf<ImportDocument>(first)).toMatchObject({ created: 600, warningKinds: {} });
    });

    it("columns before rows in the text, also with --quiet", async () => {
      const double = csv(
        await stored(40),
        ["estimated_obc_population"],
        (row) => 20 * (row.estimated_obc_population ?? 0),
      );
      const args = ["import", "communities", "-", "--dry-run"];
      const { stdout } = await database.obcSync(args, { stdin: double });
      expect(stdout).toMatch(
        /^Warnings:\n +40 {2}figures that change more than tenfold\n +1 {2}totals that change by more than half\n\n {2}! estimated_obc_population: over the 40 stored communities [^\n]+\n {2}! row 2, /,
      );
      const quiet = await database.obcSync([...args, "--quiet"], { stdin: double });
      expect(quiet.stdout).toMatch(/^ {2}! estimated_obc_population: over the 40 stored communities /);
    });
  },
  { stage: "example" },
);
