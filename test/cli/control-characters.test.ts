/** What a file, a name in the database or an argument can put on the terminal: nothing that it obeys. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { CONTROLS } from "../helpers/hostile-text.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

/** Without NUL, half pairs and U+FFFF, which a file or database does not hold. */
const NAME = "Bar\u001b[2J\u001b]0;title\u0007io\u009b31m \u202egnaro \r\n::error::\tfake\u007f\u2028 end";

onEveryDatabase(
  "control characters",
  (database) => {
    it("of names in the database reach no output", async () => {
      await database.rows("update municipalities set name = ? where code = '0907201000'", NAME);
      await database.rows("update regions set name = ? where code = '0900000000'", NAME);
      await database.rows(
        "update barangays set name = ? where code = '0907201006'",
        `${NAME}${database.kind === "sqlite" ? "\uffff" : ""}`,
      );
      await database.rows(
        "update obc_communities set households = 7 where barangay_id in (select id from barangays where code like '0907201%')",
      );
      for (const args of [
        ["verify"],
        ["verify", "--format", "junit"],
        ["verify", "--format", "github"],
        ["verify", "--json"],
        ["analyze"],
        ["sync", "--dry-run", "--details"],
        ["community", "show", "0907201006"],
        ["community", "remove", "0907201006"],
        ["coverage", "show", "0907201000"],
      ]) {
        const { stdout, stderr } = await database.obcSync(args);
        expect(stdout + stderr, args.join(" ")).not.toMatch(CONTROLS);
        expect(stdout + stderr, args.join(" ")).not.toMatch(/^::error::|^\s*fake/m);
        if (args.includes("junit")) new SaxesParser().write(stdout).close();
      }
    });

    it("of cells, headings, file names and arguments reach no output", async () => {
      const path = join(temporaryFolder(), `list \u001b[2J\u202e.csv`);
      writeFileSync(path, `barangay_code,households,notes\n1001301001,"${NAME}",x\n"${NAME}",1,x\n`);
      const headings = join(temporaryFolder(), "headings.csv");
      writeFileSync(headings, `barangay_code,"${NAME}"\n1001301001,1\n`);
      for (const args of [
        ["import", "communities", path],
        ["import", "communities", path, "--json"],
        ["import", "communities", path, "--resolve-only"],
        ["import", "communities", headings],
        ["import", "communities", headings, "--json"],
        ["sync", "--province", NAME],
        ["community", "set", "1001301001", `households=${NAME}`],
        [NAME],
        ["sync", `--${NAME}`],
      ]) {
        const { stdout, stderr, exitCode } = await database.obcSync(args);
        expect(exitCode, args.join(" ")).not.toBe(0);
        expect(stdout + stderr, args.join(" ")).not.toMatch(CONTROLS);
        expect(stdout + stderr, args.join(" ")).not.toMatch(/^::error::/m);
      }
    });
  },
  { stage: "example" },
);
