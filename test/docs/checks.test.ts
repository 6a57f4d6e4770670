import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

interface Listed {
  checks: Array<{ id: string; severity: string; title: string; why: string }>;
}

it("docs/analyze.md lists every check as analyze --list does", async () => {
  const { stdout } = await runCli(["analyze", "--list", "--json"]);
  const expected = (JSON.parse(stdout) as Listed).checks.map(
    ({ id, severity, title, why }) => `| \`${id}\` | ${severity} | ${title} | ${why} |`,
  );
  const page = await readFile(join(projectFolder, "docs/analyze.md"), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  // The formatter pads the cells.
  expect(rows.map((row) => row.replace(/ +/g, " "))).toEqual(expected);
});
