import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { written } from "../../helpers/temporary-folder.ts";

onEveryDatabase("the place of rows without a column for it", (database) => {
  const stored = () =>
    database.rows(
      "select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
    );
  const importing = (path: string, ...flags: string[]) => database.obcSync(["import", "communities", path, ...flags]);

  it("is that of --set, which may not contradict a column", async () => {
    const file = written("list.csv", "Barangay,Households", "Aludas,30", "Poblacion,5");
    expect(await importing(file)).toMatchObject({ exitCode: 1 });
    const place = ["--set", "municipality=Damulog", "--set", "lalawigan=Bukidnon"];
    expect(await importing(file, ...place)).toMatchObject({ exitCode: 0 });
    expect(await database.obcSync(["verify", "--source", file, ...place])).toMatchObject({ exitCode: 0 });
    const expected = [
      { code: "1001302001", households: 30 },
      { code: "1001302015", households: 5 },
    ];
    expect(await stored()).toEqual(expected);
    const other = written("list.csv", "Bayan,Barangay,Households", "Kibawe,Poblacion,7");
    expect(documentOf<ErrorDocument>(await importing(other, "--json", ...place)).error.message).toBe(
      '--set municipality: the file has a column "Bayan" for it',
    );
    for (const bad of ["households=3", "municipality", "province="]) {
      expect(await importing(file, "--set", bad), bad).toMatchObject({ exitCode: 1 });
    }
    expect(await stored()).toEqual(expected);
  });

  it("is that of titles and heading rows, and of none that are not understood", async () => {
    const lines = [
      "OBC profile,",
      "Province:,Bukidnon",
      "Barangay,Households",
      "MUNICIPALITY OF DAMULOG,30",
      "Aludas,30",
    ];
    const file = written("list.csv", ...lines, "Municipality of Kibawe,", "East Kibawe,7", "GRAND TOTAL,37");
    expect(await importing(file)).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining("!") });
    expect(await stored()).toEqual([
      { code: "1001302001", households: 30 },
      { code: "1001308007", households: 7 },
    ]);
    const doubtful = written("list.csv", ...lines, "Kibaww,", "Poblacion,7");
    const result = await importing(doubtful, "--skip-invalid");
    expect(result).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining("this text of row 6 may be a heading"),
    });
    const other = written("list.csv", ...lines, "Barangay,Women", "Poblacion,7");
    expect(await importing(other)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("row 6: another header"),
    });
  });
});
