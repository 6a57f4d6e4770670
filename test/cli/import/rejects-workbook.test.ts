import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, it } from "vitest";
import { fileAt } from "../../../src/files/open-file.ts";
import { readXlsxRows } from "../../../src/files/xlsx/xlsx-reader.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { fixture } from "../../helpers/project.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

interface Rejected {
  rejects: Array<{ row: number; column: string; code: string; value: string; message: string }>;
}

onEveryDatabase("bad rows written to a workbook", (database) => {
  const rejected = async (...flags: string[]) => {
    const path = join(temporaryFolder(), "bad.xlsx");
    const result = await database.obcSync(["import", "communities", ...flags, "--rejects", path, "--json"]);
    const rows = [];
    for await (const { cells } of readXlsxRows(fileAt(path))) rows.push(cells);
    return { path, rows, rejects: documentOf<Rejected>(result).rejects };
  };

  it("keep the kind of each value, name the cell, and can be corrected and imported", async () => {
    const { path, rows, rejects } = await rejected(fixture("workbooks/survey.xls"), "--sheet", "Faults");
    expect(rows[0]).toEqual(["barangay_code", "households", "notes", "row", "cell", "column", "code", "message"]);
    expect(rows.slice(1).map((cells) => cells[1])).toEqual([
      { kind: "date", serial: 45_870, iso: "2025-08-01" },
      { kind: "percentage", share: 1 },
      "#DIV/0!",
      true,
      12.5,
      { kind: "date", serial: 1.5, iso: "1899-12-31T12:00:00" },
      -3,
      "#N/A",
      { kind: "date", serial: 45_870.5, iso: "2025-08-01T12:00:00" },
      { kind: "percentage", share: 0.07 },
    ]);
    expect(rows[5]?.slice(3)).toEqual([6, "B6", "households", "0907201001", rejects[4]?.message]);
    // The same rows are bad for the same reasons.
    expect((await rejected(path)).rejects).toEqual(rejects);

    const parts = unzipSync(readFileSync(path));
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] as Uint8Array);
    const again = join(temporaryFolder(), "again.xlsx");
    writeFileSync(
      again,
      zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8(sheet.replace("<v>12.5</v>", "<v>12</v>")) }),
    );
    const skipping = await database.obcSync(["import", "communities", again, "--skip-invalid", "--json"]);
    expect(documentOf(skipping)).toMatchObject({ created: 1, rejected: 9 });
    expect(await database.rows("select households from obc_communities")).toEqual([{ households: 12 }]);
  });

  it("name a barangay where it was merged above, and keep codes and formulas as they were", async () => {
    const list = join(temporaryFolder(), "list.xlsx");
    const rows = [
      ["Province", "City/Municipality", "Brgy", "HH", "Women", "Remarks"],
      ["Bukidnon", "Baungon", "Balintad", "x", 4, "'=1+1"],
      [null, null, "No such place", 3, 5, "ok"],
    ];
    writeFileSync(list, makeXlsx([{ name: "List", rows, merges: ["A2:A3", "B2:B3"] }]));
    const bad = await rejected(list);
    expect(bad.rows.slice(1).map((cells) => cells.slice(0, 8))).toEqual([
      ["Bukidnon", "Baungon", "Balintad", "x", 4, "=1+1", 2, "D2"],
      ["Bukidnon", "Baungon", "No such place", 3, 5, "ok", 3, "C3"],
    ]);
    const csv = await rejected(written("list.csv", "barangay_code,households", "0907201001,1x", "102801001,-1"));
    expect(csv.rows.slice(1).map((cells) => cells.slice(0, 4))).toEqual([
      ["0907201001", "1x", 2, "B2"],
      ["102801001", "-1", 3, "B3"],
    ]);
  });

  it("are not written under the name of another format", async () => {
    const list = written("list.csv", "barangay_code,households", "1,1");
    const result = await database.obcSync(["import", "communities", list, "--rejects", "bad.ods"]);
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("neither .csv nor .xlsx") });
  });
});
