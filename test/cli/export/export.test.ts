/** What an export writes equals plain SQL, in every format, and reads back unchanged. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { COMMUNITY_COLUMNS } from "../../../src/core/records/community.ts";
import { cellText } from "../../../src/core/rows/sheet-cell.ts";
import { fileAt } from "../../../src/files/open-file.ts";
import { readXlsxRows } from "../../../src/files/xlsx/xlsx-reader.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { CONTROLS } from "../../helpers/hostile-text.ts";
import { storedCoverages, unitsDigest } from "../../helpers/plain-sql.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

type Row = Record<string, string>;

/** The rows of a csv or of the first sheet of a workbook, by heading. */
async function tableOf(path: string, sheet?: string): Promise<Row[]> {
  if (path.endsWith(".csv"))
    return Papa.parse<Row>(readFileSync(path, "utf8"), { header: true, skipEmptyLines: true }).data;
  const lines: string[][] = [];
  for await (const { cells } of readXlsxRows(fileAt(path), sheet === undefined ? {} : { sheet })) {
    lines.push(cells.map(cellText));
  }
  const [header = [], ...rows] = lines;
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
}

const asText = (value: unknown) => (value === null || value === undefined ? "" : String(value));

/** The values of stored rows as text, as a file of text has them. */
const pick = (row: Record<string, unknown>, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, asText(row[column])]));

onEveryDatabase(
  "export",
  (database) => {
    const exported = async (name: string, what: string, ...flags: string[]) => {
      const path = join(temporaryFolder(), name);
      const result = await database.obcSync(["export", what, "--output", path, ...flags]);
      expect(result).toMatchObject({ exitCode: 0 });
      return path;
    };
    const failure = async (...args: string[]) => {
      const result = await database.obcSync(["export", ...args]);
      expect(result.exitCode).toBe(1);
      return result.stderr;
    };

    /** Hostile and unusual texts, as other programs may have stored them. */
    const TEXTS = [
      "<script>alert(1)</script>",
      "=cmd|' /C calc'!A0",
      "'=kept with its apostrophe",
      '"Sto. Niño", said he',
      "two\nlines; and a, comma",
      "_x001B_ & ]]>",
    ];

    const storeTexts = async () => {
      const codes = await database.rows<{ id: number }>(
        `select c.barangay_id as id from obc_communities c join barangays b on b.id = c.barangay_id order by b.code limit ${TEXTS.length}`,
      );
      for (const [index, { id }] of codes.entries()) {
        const values = { notes: TEXTS[index] as string, latitude: 7.25 + index, longitude: 124.125, households: null };
        await database.knex("obc_communities").where("barangay_id", id).update(values);
      }
    };

    it("of communities reads back unchanged from .csv, .xlsx and .ndjson", async () => {
      await storeTexts();
      const before = await unitsDigest(database);
      const paths = [
        await exported("c.csv", "communities", "--ratios", "--hxl", "--provenance", "--bom"),
        await exported("c.xlsx", "communities", "--archived", "--hxl"),
        await exported("c.ndjson", "communities"),
      ];
      expect(await unitsDigest(database)).toBe(before);
      for (const path of paths) {
        // A value that the file has lost would be cleared.
        const flags = ["--json", "--dry-run", "--no-sync", "--blank", "clear"];
        const read = await database.obcSync(["import", "communities", path, ...flags]);
        expect(documentOf(read), path).toMatchObject({ created: 0, updated: 0, unchanged: 600, rejects: [] });
      }
    });

    it("of communities equals plain SQL, without archived ones unless they are asked for", async () => {
      await database.rows(
        "update obc_communities set is_deleted = ?, deleted_at = ? where barangay_id in (select id from barangays where code like '09%')",
        true,
        "2026-11-01T00:00:00.000Z",
      );
      const stored = await database.rows<Record<string, unknown>>(
        `select r.name as region, p.name as province, m.name as municipality, b.name as barangay, r.code as region_code,
                p.code as province_code, m.code as municipality_code, b.code as barangay_code, c.is_deleted,
                ${COMMUNITY_COLUMNS.map((column) => `c.${column}`).join(", ")}
           from obc_communities c join barangays b on b.id = c.barangay_id
           join municipalities m on m.id = b.municipality_id join provinces p on p.id = m.province_id
           join regions r on r.id = p.region_id order by b.code`,
      );
      const active = stored.filter((row) => !row.is_deleted);
      expect(active.length).toBeLessThan(600);
      const columns = Object.keys(stored[0] ?? {}).filter((column) => column !== "is_deleted");
      const csv = await tableOf(await exported("c.csv", "communities"));
      expect(csv.map((row) => pick(row, columns))).toEqual(active.map((row) => pick(row, columns)));
      expect(Object.keys(csv[0] ?? {})).not.toContain("is_deleted");
      const all = await tableOf(await exported("c.csv", "communities", "--archived"));
      expect(all.map((row) => row.is_deleted)).toEqual(stored.map((row) => String(Boolean(row.is_deleted))));
    });

    it("of coverages equals plain SQL at every level, on one sheet for each, and flags manual ones", async () => {
      await database.obcSync(["coverage", "manual", "Damulog"]);
      await database.obcSync(["coverage", "set", "Damulog", "households=950"]);
      await database.obcSync(["coverage", "archive", "Zamboanga del Sur"]);
      const path = await exported("all.xlsx", "coverages", "--level", "all");
      for (const [level, sheet] of [
        ["municipality", "municipalities"],
        ["province", "provinces"],
      ] as const) {
        const stored = await storedCoverages(database, level);
        const rows = await tableOf(path, sheet);
        if (level === "province") delete stored["0907300000"];
        expect(rows).toHaveLength(Object.keys(stored).length);
        for (const row of rows) {
          const expected = stored[row[`${level}_code`] as string] as Record<string, unknown>;
          expect(pick(row, Object.keys(expected))).toEqual(pick(expected, Object.keys(expected)));
        }
      }
      const manual = (await tableOf(path, "municipalities")).filter((row) => row.auto_sync === "false");
      expect(manual.map((row) => [row.municipality, row.households])).toEqual([["Damulog", "950"]]);
      const columns = ["total_provinces", "total_municipalities", "total_obc_communities", ...FIELDS];
      const sums = columns.map((column) => `sum(${column === "total_provinces" ? 1 : `v.${column}`}) as ${column}`);
      const regions = await database.rows<Record<string, unknown>>(
        `select r.code as region_code, ${sums.join(", ")} from province_coverages v join provinces p on p.id = v.province_id
           join regions r on r.id = p.region_id where not v.is_deleted group by r.code order by r.code`,
      );
      const compared = ["region_code", ...columns];
      expect((await tableOf(path, "regions")).map((row) => pick(row, compared))).toEqual(
        regions.map((row) => pick(row, compared)),
      );
      const about = await tableOf(path, "About");
      expect(JSON.stringify(about)).toMatch(/sums of its provinces/);
      expect(JSON.stringify(about)).not.toMatch(/postgres:postgres@/);
    });

    it("is limited to a scope, to fields, and to what later runs have changed", async () => {
      const run = await database.obcSync(["community", "set", "0907201006", "households=201", "--json"]);
      expect(run.exitCode).toBe(0);
      const [last] = await database.rows<{ id: number }>("select max(id) as id from obc_sync_runs");
      const since = ["--changed-since", String(Number(last?.id) - 1), "--fields", "households"];
      const barangays = await tableOf(await exported("c.csv", "communities", ...since));
      expect(barangays.map((row) => [row.barangay_code, row.households])).toEqual([["0907201006", "201"]]);
      const units = await tableOf(await exported("v.csv", "coverages", "--level", "all", ...since));
      expect(units.map((row) => row.level)).toEqual(["region", "province", "municipality"]);
      const later = await database.obcSync(["export", "communities", "--changed-since", String(last?.id)]);
      expect(later.stdout.trim().split("\n")).toHaveLength(1);
      await database.rows("delete from obc_sync_run_values where run_id = ?", last?.id as number);
      const forgotten = await database.obcSync(["export", "communities", "--changed-since", "2026-01-01"]);
      expect(forgotten.stderr).toMatch(`were forgotten (history prune): ${last?.id}`);
      const inProvince = await tableOf(
        await exported("p.csv", "coverages", "--province", "Bukidnon", "--level", "all"),
      );
      expect(new Set(inProvince.map((row) => row.province))).toEqual(new Set(["Bukidnon"]));
      expect(inProvince[0]?.level).toBe("province");
    });

    it("is harmless in every format, and in a list", async () => {
      await storeTexts();
      const hostile = "=Bar\u001b[2J\u202eio\u0007\rfake<script>";
      await database.rows("update municipalities set name = ? where code = '0907201000'", hostile);
      for (const format of ["csv", "json", "ndjson", "geojson"]) {
        const { stdout, stderr } = await database.obcSync(
          ["export", "communities", "--format", format, "--provenance"].slice(0, format === "csv" ? 5 : 4),
        );
        expect(stdout.replaceAll("\r\n", "\n") + stderr, format).not.toMatch(CONTROLS);
        if (format !== "csv") continue;
        expect(stderr).toMatch(/control characters, written as escapes/);
        expect(stdout.match(/(^|,)"?\s*[=+@]/gm)).toBeNull();
      }
      const path = await exported("c.xlsx", "communities");
      const rows = await tableOf(path);
      expect(rows.find((row) => row.municipality_code === "0907201000")?.municipality).toBe(hostile);
      const list = await database.obcSync([
        "community",
        "list",
        "--province",
        "Zamboanga del Norte",
        "--sort",
        "municipality",
      ]);
      expect(list.stdout).not.toMatch(CONTROLS);
    });

    it("as .geojson has a point for each community with coordinates, and a border for each coverage that the file has", async () => {
      await storeTexts();
      await database.rows("update obc_communities set latitude = null where notes is null");
      const points = JSON.parse(readFileSync(await exported("c.geojson", "communities"), "utf8"));
      const [first] = points.features;
      expect(points.features).toHaveLength(600);
      expect(first.geometry).toEqual({ type: "Point", coordinates: [124.125, 7.25] });
      const [counted] = await database.rows("select count(latitude) as points from obc_communities");
      const placed = points.features.filter(({ geometry }: { geometry: unknown }) => geometry !== null);
      expect({ points: placed.length }).toEqual(counted);
      const borders = join(temporaryFolder(), "borders.json");
      const ring = [
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      ];
      const square = { type: "Polygon", coordinates: ring };
      const feature = { type: "Feature", properties: { psgc: "1001300000" }, geometry: square };
      writeFileSync(borders, JSON.stringify({ type: "FeatureCollection", features: [feature] }));
      const args = ["--level", "province", "--boundaries", borders, "--json"];
      const path = join(temporaryFolder(), "p.geojson");
      const document = documentOf<{ withoutGeometry: unknown[] }>(
        await database.obcSync(["export", "coverages", "--output", path, ...args]),
      );
      const { features } = JSON.parse(readFileSync(path, "utf8"));
      const drawn = features.filter((each: { geometry: unknown }) => each.geometry !== null);
      expect(drawn.map((each: { properties: Row }) => each.properties.province)).toEqual(["Bukidnon"]);
      expect(drawn[0].geometry).toEqual(square);
      expect(document.withoutGeometry).toHaveLength(features.length - 1);
    });

    it("refuses what cannot be used, with a hint, and leaves files as they are", async () => {
      const folder = temporaryFolder();
      const path = join(folder, "c.csv");
      writeFileSync(path, "mine");
      expect(await failure("communities", "--output", path)).toMatch(/exists already[\s\S]*--overwrite/);
      expect(readFileSync(path, "utf8")).toBe("mine");
      expect(await failure("communities", "--output", join(folder, "c.pdf"))).toMatch(/does not end in \.csv/);
      expect(await failure("communities", "--output", join(folder, "none", "c.csv"))).toMatch(/cannot be written/);
      expect(await failure("communities", "--fields", "household")).toMatch(/Did you mean households/);
      expect(await failure("coverages", "--level", "region", "--province", "Bukidnon")).toMatch(/above --province/);
      expect(await failure("communities", "--format", "xlsx")).toMatch(/--output FILE\.xlsx/);
      expect(await failure("communities", "--format", "json", "--hxl")).toMatch(/csv or xlsx/);
      expect(await failure("communities", "--changed-since", "99")).toMatch(/no run 99/);
      const empty = join(folder, "empty.csv");
      expect(await failure("communities", "--municipality", "Adams", "--output", empty)).toMatch(
        /no communities in Adams/,
      );
      expect(existsSync(empty)).toBe(false);
      const error = documentOf<ErrorDocument>(await database.obcSync(["export", "communities", "--json"]));
      expect(error.error.hint).toMatch(/--format json/);
    });
  },
  { stage: "example" },
);
