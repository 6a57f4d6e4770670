import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

onEveryDatabase(
  "a template with the stored values",
  (database) => {
    const communities = () =>
      database.rows<{ barangay_id: number }>("select * from obc_communities order by barangay_id");
    const template = async (name: string) => {
      const path = join(temporaryFolder(), name);
      const flags = ["--template", path, "--province", "Bukidnon", "--with-values"];
      expect(await database.obcSync(["import", "communities", ...flags])).toMatchObject({ exitCode: 0, stderr: "" });
      return path;
    };
    const imported = async (path: string) =>
      documentOf(await database.obcSync(["import", "communities", path, "--blank", "clear", "--json"]));

    it("changes nothing when it is imported as it is, and what was corrected when it is not", async () => {
      const [first] = await database.rows<{ code: string }>(
        "select b.code from obc_communities c join barangays b on b.id = c.barangay_id where b.code like '10013%' order by b.code",
      );
      await database.obcSync(["community", "archive", String(first?.code)]);
      const before = await communities();
      const [{ active } = { active: 0 }] = await database.rows<{ active: number }>(
        "select count(*) as active from obc_communities c join barangays b on b.id = c.barangay_id where b.code like '10013%' and not c.is_deleted",
      );
      expect(active).toBeGreaterThan(10);
      for (const name of ["list.csv", "list.xlsx"]) {
        expect(await imported(await template(name)), name).toMatchObject({
          ...{ created: 0, updated: 0, unchanged: active, rejected: 0, ignoredColumns: [] },
        });
      }
      expect(await communities()).toEqual(before);

      const path = await template("list.xlsx");
      const parts = unzipSync(readFileSync(path));
      const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] as Uint8Array);
      // Column Q has the households; the first row with some.
      const corrected = sheet.replace(/(<c r="Q\d+" s="\d+"><v>)\d+/, "$1987654");
      writeFileSync(path, zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8(corrected) }));
      expect(await imported(path)).toMatchObject({ created: 0, updated: 1, unchanged: Number(active) - 1 });
      expect(await database.rows("select households from obc_communities where households = 987654")).toHaveLength(1);
    });

    it("needs a template and a scope", async () => {
      for (const flags of [["--template", "list.xlsx"], ["list.csv"]]) {
        const result = await database.obcSync(["import", "communities", ...flags, "--with-values"]);
        expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("--with-values needs") });
      }
    });
  },
  { stage: "example" },
);
