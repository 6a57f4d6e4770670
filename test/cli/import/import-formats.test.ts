import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { onEveryDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { fixture } from "../../helpers/project.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const HEADER = ["barangay_code", "community_names", "estimated_obc_population", "households"];
const ROWS = [
  ["1001301001", "Peña, Sitio 1", "1,234", "200"],
  ["0907201001", "Aliguay", "55", ""],
];
const STORED = [
  { code: "0907201001", community_names: "Aliguay", estimated_obc_population: 55, households: null },
  { code: "1001301001", community_names: "Peña, Sitio 1", estimated_obc_population: 1234, households: 200 },
];

function text(delimiter: string): string {
  return [HEADER, ...ROWS].map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter)).join("\n");
}

const ndjson = ROWS.map((cells) =>
  JSON.stringify(Object.fromEntries(cells.map((cell, at) => [HEADER[at], cell]))),
).join("\n");
const sheet = [
  ["List of communities, 2026"],
  null,
  HEADER,
  ...ROWS.map(([code, name, people, households]) => [
    Number(code),
    name ?? "",
    people ?? "",
    households === "" ? null : Number(households),
  ]),
];

const FILES: Record<string, { content: string | Uint8Array; flags?: string[] }> = {
  "comma.csv": { content: text(",") },
  "semicolon.csv": { content: text(";") },
  "pipe.csv": { content: text("|") },
  "tab.tsv": { content: text("\t") },
  "tab.txt": { content: text("\t") },
  "packed.csv.gz": { content: gzipSync(text(",")) },
  "utf8-mark.csv": { content: `\ufeff${text(",")}` },
  "utf16.csv": { content: Buffer.from(`\ufeff${text(";")}`, "utf16le") },
  "windows.csv": { content: Buffer.from(text(","), "latin1"), flags: ["--encoding", "windows-1252"] },
  "lines.ndjson": { content: ndjson },
  "lines.jsonl.gz": { content: gzipSync(ndjson) },
  "book.xlsx": {
    content: makeXlsx([
      { name: "Read me", rows: [["nothing"]] },
      { name: "List", rows: sheet },
    ]),
    flags: ["--sheet", "List"],
  },
};

onEveryDatabase("a file of communities", (database) => {
  it.each(Object.entries(FILES))("%s is read", async (name, { content, flags = [] }) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, content);
    const result = await database.obcSync(["import", "communities", path, ...flags]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await stored()).toEqual(STORED);
  });

  it("from LibreOffice gives the figures of the plain file behind it, in each format of workbooks", async () => {
    const file = (name: string) => [
      "import",
      "communities",
      fixture(`workbooks/${name}`),
      "--blank",
      "clear",
      "--json",
    ];
    expect(documentOf(await database.obcSync(file("survey.ods")))).toMatchObject({ rows: 7, created: 7 });
    for (const name of ["survey.xls", "survey.xlsx"]) {
      expect(documentOf(await database.obcSync(file(name))), name).toMatchObject({ rows: 7, unchanged: 7 });
    }
    expect(documentOf(await database.obcSync(file("survey.csv")))).toMatchObject({ rows: 7, unchanged: 7, updated: 0 });
    const [sums] = await database.rows(
      "select sum(estimated_obc_population) as people, sum(households) as households, sum(women_count) as women, sum(farmers_count) as farmers, count(farmers_count) as filled from obc_communities",
    );
    expect(sums).toEqual({ people: 1_236_422, households: 1605, women: 927, farmers: 1074, filled: 6 });
    const faults = await database.obcSync([...file("survey.xls"), "--sheet", "faults"]);
    expect(documentOf(faults)).toMatchObject({ rows: 10, rejected: 10 });
  });

  it("can be read from standard input", async () => {
    const result = await database.obcSync(["import", "communities", "-"], { stdin: ndjson });
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await stored()).toEqual(STORED);
  });

  it("has its bad rows written to a file, which can be fixed and imported", async () => {
    const folder = temporaryFolder();
    const [bad, again] = [join(folder, "bad.csv"), join(folder, "again.csv")];
    const content =
      'Province,Municipality,Brgy.,HH\n"Bukidnon",Baungon,Balintad,"1,0x"\nBukidnon,Baungon,Buenavista,3\n';
    const first = await database.obcSync(["import", "communities", "-", "--rejects", bad, "--skip-invalid", "--json"], {
      stdin: content,
    });
    expect(first.exitCode).toBe(3);
    expect(documentOf(first)).toMatchObject({
      rows: 2,
      created: 1,
      rejected: 1,
      rejectsFile: bad,
      rejects: [{ row: 2, column: "households" }],
    });
    const { readFileSync } = await import("node:fs");
    const rejects = readFileSync(bad, "utf8");
    expect(rejects.split("\r\n")[0]).toBe("Province,Municipality,Brgy.,HH,row,column,code,message");
    writeFileSync(again, rejects.replace("1,0x", "10"));
    expect(await database.obcSync(["import", "communities", again])).toMatchObject({ exitCode: 0 });
    expect((await stored()).map(({ households }) => households)).toEqual([10, 3]);
  });

  it.each([
    ["a NUL", "list.ndjson", `{"barangay_code":"1001301001","notes":"a\\u0000b"}\n`],
    ["half of a pair", "list.ndjson", `{"barangay_code":"1001301001","notes":"a\\ud800b"}\n`],
    [
      "a NUL",
      "list.xlsx",
      makeXlsx([
        {
          name: "List",
          rows: [
            ["barangay_code", "notes"],
            ["1001301001", "a_x0000_b"],
          ],
        },
      ]),
    ],
  ])("with %s written as an escape in %s is refused with the cell", async (_, name, content) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, content);
    const result = await database.obcSync(["import", "communities", path, "--json"]);
    expect(result).toMatchObject({ exitCode: 3, stderr: "" });
    expect(documentOf(result)).toMatchObject({ rejects: [{ column: "notes", kind: "value", code: "1001301001" }] });
    expect(await stored()).toEqual([]);
  });

  it("whose cells are shown as percentages is refused cell by cell: a share is no count", async () => {
    const path = join(temporaryFolder(), "survey.xlsx");
    const percentage = (value: number) => ({ numberFormat: "0 %", value });
    const rows = [
      ["barangay_code", "households", "latitude"],
      ["1001301001", percentage(1), percentage(0.0825)],
      ["1001301002", percentage(0.07), 8],
    ];
    writeFileSync(path, makeXlsx([{ name: "List", rows }]));
    const result = await database.obcSync(["import", "communities", path, "--json"]);
    expect(result.exitCode).toBe(3);
    expect(documentOf(result)).toMatchObject({
      rejects: [
        {
          row: 2,
          column: "households",
          code: "1001301001",
          value: "100%",
          message: expect.stringContaining("a percentage"),
        },
        { row: 2, column: "latitude", value: "8.25%" },
        { row: 3, column: "households", value: "7%" },
      ],
    });
    expect(await stored()).toEqual([]);
  });

  it("that disagrees with itself about the place is refused", async () => {
    const content =
      "barangay_code,province,municipality,barangay,households\n1001301001,Bukidnon,Baungon,Buenavista,1\n";
    const result = await database.obcSync(["import", "communities", "-", "--json"], { stdin: content });
    expect(result.exitCode).toBe(3);
    expect(documentOf(result)).toMatchObject({ created: 0, rejects: [{ row: 2, kind: "place-disagrees" }] });
    expect(await stored()).toEqual([]);
  });

  function stored() {
    return database.rows<Record<string, unknown>>(
      `select b.code, c.community_names, c.estimated_obc_population, c.households
         from obc_communities c join barangays b on b.id = c.barangay_id order by b.code`,
    );
  }
});

onEveryDatabase(
  "an import of communities that exist",
  (database) => {
    const figures = async (code: string) =>
      (
        await database.rows(
          "select c.households, c.families, c.is_deleted from obc_communities c join barangays b on b.id = c.barangay_id where b.code = ?",
          code,
        )
      )[0];

    it.each([
      [[], { households: 7, families: 188 }],
      [["--blank", "clear"], { households: 7, families: null }],
      [["--on-conflict", "skip"], { households: 166, families: 188 }],
    ])("with %j", async (flags, expected) => {
      const stdin = "barangay_code,households,families\n0907201006,7,\n";
      expect(await database.obcSync(["import", "communities", "-", ...flags], { stdin })).toMatchObject({
        exitCode: 0,
      });
      expect(await figures("0907201006")).toMatchObject(expected);
    });

    it("refuses existing communities if only new ones are allowed", async () => {
      const stdin = "barangay_code,households\n0907201006,7\n";
      const result = await database.obcSync(["import", "communities", "-", "--on-conflict", "error"], { stdin });
      expect(result.exitCode).toBe(3);
      expect(await figures("0907201006")).toMatchObject({ households: 166 });
    });

    it("archives communities of the scope that the file lacks, more than a fifth only with --yes", async () => {
      const stdin = "barangay_code,households\n0907201006,166\n";
      const args = ["import", "communities", "-", "--archive-missing", "--municipality", "0907201000"];
      const refused = await database.obcSync(args, { stdin });
      expect(refused).toMatchObject({ exitCode: 1 });
      expect(refused.stderr).toContain("more than 20 %");
      const { exitCode } = await database.obcSync([...args, "--yes"], { stdin });
      expect(exitCode).toBe(0);
      const active = await database.rows(
        "select b.code from obc_communities c join barangays b on b.id = c.barangay_id where b.code like '0907201%' and not c.is_deleted",
      );
      expect(active).toEqual([{ code: "0907201006" }]);
      expect(await database.obcSync(["verify", "--quiet"])).toMatchObject({ exitCode: 0, stdout: "" });
    });

    it("verify --source agrees with what was imported, and finds later changes", async () => {
      const { fixture } = await import("../../helpers/project.ts");
      const args = ["verify", "--source", fixture("communities.csv"), "--json"];
      expect(documentOf(await database.obcSync(args))).toMatchObject({
        ok: true,
        source: { rows: 600, mismatches: [] },
      });
      await database.rows(
        "update municipality_coverages set households = households + 1 where municipality_id = (select id from municipalities where code = '0907201000')",
      );
      const changed = await database.obcSync(args);
      expect(changed.exitCode).toBe(2);
      expect(documentOf(changed)).toMatchObject({
        ok: false,
        source: { mismatches: [{ level: "municipality", code: "0907201000", field: "households" }] },
      });
    });
  },
  { stage: "example" },
);

describe("hostile files", () => {
  const database = useDatabase("sqlite");
  it.each([
    ["100,000 columns", `${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join()}\n1\n`, /100,000 columns/],
    ["an endless line", "a".repeat(3_000_000), /longer than 1 MiB/],
    ["an endless quote", `barangay_code,households\n"${"x\n".repeat(2_000_000)}`, /never closed/],
    ["an endless line of JSON", `{"households":"${"1".repeat(3_000_000)}`, /longer than 1 MiB/],
    [
      "a gzip bomb",
      gzipSync(`barangay_code,notes\n${`1001301001,${"a".repeat(500)}\n`.repeat(80_000)}`),
      /200 times its compressed size/,
    ],
    ["half a gzip file", gzipSync(text(",")).subarray(0, 60), /damaged gzip/],
    ["zeros", Buffer.alloc(1000), /not a text file/],
  ])("%s ends with one clear message", async (_, content, message) => {
    const path = join(temporaryFolder(), "list");
    writeFileSync(path, content);
    const { exitCode, stderr } = await database.obcSync(["import", "communities", path]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*\nhint: {2}.*\n$/);
    expect(stderr).toMatch(message);
  });
});
