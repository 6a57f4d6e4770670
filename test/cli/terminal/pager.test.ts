import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { inTerminal, startInTerminal } from "../../helpers/in-terminal.ts";

const hasLess = spawnSync("less", ["--version"]).status === 0;

describe.runIf(process.platform === "linux")("the pager on a terminal", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  /** Marks every line that passes through it. */
  const MARKING = "sed s/^/paged:/";

  const options = { env: { PAGER: MARKING, NO_COLOR: "1" }, columns: 200, rows: 24 };

  /** Without the spinner. */
  const on = (args: string) => `${args} --database ${database.location} 2>/dev/null`;

  async function shown(args: string, changed: { env?: Record<string, string>; rows?: number } = {}): Promise<string[]> {
    const env = { ...options.env, ...changed.env };
    const output = await inTerminal(on(args), { ...options, ...changed, env });
    return stripVTControlCharacters(output).trimEnd().split(/\r?\n/);
  }

  const isPaged = (lines: string[]) => lines.filter((line) => line.startsWith("paged:")).length > 0;

  it("has a text that is longer than the screen, and all of it", async () => {
    const lines = await shown("verify --details");
    const piped = (await database.obcSync(["verify", "--details"])).stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(piped.length);
    expect(lines.every((line) => line.startsWith("paged:"))).toBe(true);
    expect(isPaged(await shown("verify --details", { rows: 100 }))).toBe(false);
  });

  it.each(["analyze", "analyze --list", "perf --runs 1 --explain", "coverage show Damulog --details"])(
    "has a long output of %s",
    async (command) => {
      expect(isPaged(await shown(command))).toBe(true);
    },
  );

  it("has what a sync would do, and what it does with --details only: a script goes on", async () => {
    await database.rows("update obc_communities set households = coalesce(households, 0) + 3");
    expect(isPaged(await shown("sync --dry-run"))).toBe(true);
    expect(isPaged(await shown("sync"))).toBe(false);
    await database.rows("update obc_communities set households = coalesce(households, 0) + 3");
    expect(isPaged(await shown("sync --details"))).toBe(true);
  });

  it.each([
    ["--no-pager", {}],
    ["", { PAGER: "cat" }],
    ["", { PAGER: "" }],
    ["", { CI: "true" }],
    ["", { TERM: "dumb" }],
    ["--format junit", {}],
    ["--json", {}],
  ])("is not used with %s %j", async (flags, env) => {
    await database.rows("delete from municipality_coverages");
    expect(isPaged(await shown(`verify --details ${flags}`, { env }))).toBe(false);
  });

  it("is not used where the terminal does not report its height", async () => {
    expect(isPaged(await shown("verify --details", { rows: 0 }))).toBe(false);
  });

  it("that is not installed is no error: the text goes straight to the terminal", async () => {
    const lines = await shown("verify --details", { env: { PAGER: "no-such-pager --flag" } });
    expect(lines).toHaveLength((await shown("verify --details", { env: { PAGER: "cat" } })).length);
    expect(lines[1]).toMatch(/│ Totals/);
  });

  it("that ends early is no error, and the exit code is that of the command", async () => {
    await database.rows("delete from municipality_coverages");
    // 109 coverages with 31 lines each do not fit in a pipe.
    const dryRun = startInTerminal(on("sync --dry-run --details"), { ...options, env: { PAGER: "head -1" } });
    expect(await dryRun.ended).toBe(0);
    expect(dryRun.shown()).toBe("Found 109 municipalities with barangay OBCs\r\n");
    const verify = startInTerminal(on("verify"), { ...options, env: { PAGER: "false" } });
    expect(await verify.ended).toBe(2);
    expect(verify.shown()).toBe("");
  });

  describe.runIf(hasLess)("less", () => {
    it("shows one screen, colours and every character, stays on Ctrl-C, and leaves with q", async () => {
      const terminal = startInTerminal(on("verify --details"), { columns: 100, rows: 24 });
      await terminal.shows("\r\n:");
      expect(terminal.shown()).toContain("│ total_obc_communities ");
      expect(terminal.shown()).not.toContain("All coverages agree");
      // A signal that arrives just before less waits for a key takes effect with the next key.
      terminal.type("\u0003r");
      await terminal.shows("│ total_obc_communities ");
      await terminal.shows("\r\n:");
      terminal.type("G");
      await terminal.shows("\u001b[32m✓ All coverages agree");
      terminal.type("q");
      expect(await terminal.ended).toBe(0);
    });

    it("that the user names without flags shows colours too", async () => {
      const terminal = startInTerminal(on("verify --details"), { columns: 100, rows: 24, env: { PAGER: "less" } });
      await terminal.shows("\r\n:");
      terminal.type("G");
      await terminal.shows("\u001b[32m✓ All coverages agree");
      terminal.type("q");
      expect(await terminal.ended).toBe(0);
    });
  });
});
