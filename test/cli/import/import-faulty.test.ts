import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { fixture } from "../../helpers/project.ts";

/** The message and the exit code for each file. Files that are accepted exit with 0. */
const FILES: Record<string, { exitCode: number; says: RegExp[] }> = {
  "empty.csv": { exitCode: 1, says: [/empty\.csv is empty/] },
  "header-only.csv": { exitCode: 1, says: [/header-only\.csv has a header but no rows/] },
  "binary.csv": { exitCode: 1, says: [/binary\.csv is not a text file/] },
  "utf16.csv": { exitCode: 0, says: [/Communities +│ +4 │/] },
  "bom.csv": { exitCode: 0, says: [/Communities +│ +4 │/] },
  "crlf.csv": { exitCode: 0, says: [/Communities +│ +4 │/] },
  "ragged-row.csv": { exitCode: 3, says: [/ragged-row\.csv/, /row 4, 1001301003: the row has 4 cells, the header 5/] },
  "duplicate-header.csv": {
    exitCode: 1,
    says: [/duplicate-header\.csv, row 1: .*more than one column for the same field: households \("households"/],
  },
  "unknown-column.csv": { exitCode: 1, says: [/unknown-column\.csv, row 1: unknown column "favourite_colour"/] },
  "unknown-barangay.csv": {
    exitCode: 3,
    says: [/unknown-barangay\.csv/, /row 3, barangay_code: "1001399999": no barangay has this code/],
  },
  "duplicate-barangay.csv": {
    exitCode: 3,
    says: [/duplicate-barangay\.csv/, /row 2, barangay_code: "1001301001": rows 2, 5 have the same barangay/],
  },
  "number-negative.csv": { exitCode: 3, says: [/number-negative\.csv/, /row 3, households, 1001301002: "-3"/] },
  "number-decimal.csv": { exitCode: 3, says: [/number-decimal\.csv/, /row 3, households, 1001301002: "12\.5"/] },
  "number-text.csv": { exitCode: 3, says: [/number-text\.csv/, /row 3, households, 1001301002: "abc"/] },
  "number-too-large.csv": {
    exitCode: 3,
    says: [/number-too-large\.csv/, /row 3, households, 1001301002: "99999999999"/],
  },
};

onEveryDatabase("a faulty file", (database) => {
  it.each(Object.entries(FILES))(
    "%s is refused with its fault, and nothing is written",
    async (name, { exitCode, says }) => {
      const before = await digest(database);
      const result = await database.obcSync(["import", "communities", fixture(`faulty/${name}`)]);
      expect(result.exitCode).toBe(exitCode);
      for (const pattern of says) expect(result.stdout + result.stderr).toMatch(pattern);
      expect(result.stderr).not.toMatch(/\n +at /);
      if (exitCode === 0) expect(await database.rows("select count(*) as n from obc_communities")).toEqual([{ n: 4 }]);
      else expect(await digest(database)).toBe(before);
    },
  );

  it.each([
    ["/no/such/file.csv", /there is no file \/no\/such\/file\.csv/],
    [fixture(""), /is a folder/],
    ["/dev/null", /\/dev\/null is not a file/],
  ])("%s is refused", async (path, message) => {
    const { exitCode, stderr } = await database.obcSync(["import", "communities", path]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });
});

it("every faulty file has an expectation", () => {
  const files = readdirSync(fixture("faulty")).filter((name) => name !== "README.md");
  expect(Object.keys(FILES).toSorted()).toEqual(files.toSorted());
});
