/** The page of an import: the cell and the heading that the author of the file knows, and what changes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { writeXlsx } from "../../helpers/make-xlsx.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

const MAPPED = ["--map", "Brgy Code=barangay_code", "--map", "Muslim HH=households"];

/** The text of the cells of each row of a table. */
function rowsOf(page: string, section: string): string[][] {
  const [table = ""] = new RegExp(`<section id="${section}"[\\s\\S]*?</section>`).exec(page) ?? [];
  const [body = ""] = /<tbody>[\s\S]*<\/tbody>/.exec(table) ?? [];
  return [...body.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) => cell.replace(/<[^>]+>/g, " ").trim()),
  );
}

onEveryDatabase("the page of an import", (database) => {
  it("names the cell of a workbook and the heading in it, and is written although nothing else is", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "survey.xlsx");
    const filler = Array.from({ length: 8 }, (_, index) => `Note ${index}`);
    const cells = (code: string, households: string) => [code, ...filler.map(() => ""), households];
    writeXlsx(file, [
      {
        name: "Survey",
        rows: [
          ["Survey of 2026"],
          [],
          ["Brgy Code", ...filler, "Muslim HH"],
          cells("1001302001", "80"),
          cells("1001302006", "12.5"),
        ],
      },
    ]);
    const page = join(folder, "survey.html");
    const args = ["import", "communities", file, ...MAPPED, "--ignore-unknown", "--report", page];
    const { exitCode, stdout } = await database.obcSync([...args, "--json"]);
    expect(exitCode).toBe(3);
    const document = JSON.parse(stdout) as { columns: object; page: { file: string } };
    expect(document.columns).toMatchObject({ households: { heading: "Muslim HH", letter: "J" } });
    expect(document.page.file).toBe(page);
    const text = readFileSync(page, "utf8");
    expect(rowsOf(text, "rejected")).toEqual([
      ["5", "J5", "Muslim HH households", "1001302006", "12.5", "a figure must be a whole number"],
    ]);
    expect(text).toContain("Nothing was written: 1 row is bad.");
    expect((await database.obcSync(args)).stderr).toContain("survey.html exists already");
  });

  it("lists the values before and after, and is refused where another output has its file", async () => {
    const file = written("survey.csv", "Brgy Code,Muslim HH", "1001302001,80");
    const page = join(temporaryFolder(), "survey.html");
    const refused = await database.obcSync([
      "import",
      "communities",
      file,
      ...MAPPED,
      "--report",
      page,
      "--rejects",
      page,
    ]);
    expect(refused.stderr).toContain("--report and --rejects are the same file");
    expect(
      (await database.obcSync(["import", "communities", file, ...MAPPED, "--report", file, "--overwrite"])).stderr,
    ).toContain("would overwrite a file that is read");
    expect(existsSync(page)).toBe(false);
    expect((await database.obcSync(["import", "communities", file, ...MAPPED, "--quiet"])).exitCode).toBe(0);
    writeFileSync(file, "Brgy Code,Muslim HH\n1001302001,90\n");
    expect((await database.obcSync(["import", "communities", file, ...MAPPED, "--report", page])).exitCode).toBe(0);
    const text = readFileSync(page, "utf8");
    expect(rowsOf(text, "communities").map(([, ...cells]) => cells)).toEqual([["changed", "households 80 → 90"]]);
    expect(rowsOf(text, "coverages").map(([name]) => name)).toEqual([
      "Damulog, Bukidnon 1001302000",
      "Bukidnon, Region X (Northern Mindanao) 1001300000",
    ]);
  });
});
