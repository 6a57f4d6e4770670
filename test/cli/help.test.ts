import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { fitted } from "../../src/cli/help/fitted.ts";
import { buildProgram, everyCommand } from "../../src/cli/program.ts";
import { inTerminal } from "../helpers/in-terminal.ts";
import { builtProgram, projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

const man = join(dirname(builtProgram), "../man");

const commands = everyCommand(buildProgram("", () => {})).map((command) => {
  const names = [];
  for (let each = command; each.parent !== null; each = each.parent) names.unshift(each.name());
  return names;
});

/** The help of every command as a terminal of this width shows it, by the same steps as in the program. */
function helpAt(width: number): string[] {
  return everyCommand(buildProgram("", () => {})).map((command) => {
    let text = "";
    const writeOut = (part: string) => {
      text += fitted(part, width);
    };
    command.configureOutput({ getOutHelpWidth: () => width, writeOut }).outputHelp();
    return text;
  });
}

it("the help of every command fits 60, 80 and 200 columns, without a broken word", async () => {
  const words = (text: string) => text.replace(/ \\$/gm, "").split(/\s+/);
  const unbroken = helpAt(10_000);
  for (const width of [60, 80, 200]) {
    for (const [index, text] of helpAt(width).entries()) {
      expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
      expect(words(text)).toEqual(words(unbroken[index] as string));
    }
  }
  const shown = await inTerminal("import communities --help", { columns: 60, rows: 500 });
  expect(shown.split("\r\n").filter((line) => line.length > 60)).toEqual([]);
  expect(shown).toContain("  --lock-timeout <seconds>\r\n      how long to wait");
});

it("every --help names a page of the documentation, which the package has", async () => {
  const { files } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  expect(files).toContain("docs");
  for (const names of commands) {
    const { stdout } = await runCli([...names, "--help"]);
    const page = /^Documentation: (\S+)$/m.exec(stdout)?.[1] ?? "";
    expect(page).toMatch(/\.md$/);
    expect(existsSync(join(projectFolder, page))).toBe(true);
  }
});

it("package.json names all man pages, and these have every flag", async () => {
  const { man: named } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  const pages = readdirSync(man).sort();
  expect(named).toEqual(pages.map((page) => `./dist/man/${page}`));
  expect(pages).toEqual(
    ["obc-sync.1", ...commands.filter(({ length }) => length === 1).map(([name]) => `obc-sync-${name}.1`)].sort(),
  );
  const { stdout } = await runCli(["import", "communities", "--help"]);
  const [, own = ""] = /Options:\n([\s\S]*?)\n\nGlobal/.exec(stdout) ?? [];
  const flags = [...own.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag = ""]) => flag);
  const text = readFileSync(join(man, "obc-sync-import.1"), "utf8").replaceAll("\\-", "-");
  expect(flags.length).toBeGreaterThan(20);
  for (const flag of flags) expect(text).toContain(`.B ${flag}`);
});

it.for([
  ["mandoc", "-Tlint", "-Wwarning"],
  ["groff", "-man", "-Tutf8", "-ww", "-z"],
])("man pages are in order for %s", async ([program = "", ...flags], { skip }) => {
  skip(spawnSync(program, ["-v"], { input: "" }).error !== undefined, `${program} is not installed`);
  for (const page of readdirSync(man)) {
    const { stdout, stderr } = spawnSync(program, [...flags, join(man, page)], { encoding: "utf8" });
    expect(`${stdout}${stderr}`).toBe("");
  }
});
