import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { shellQuoted, shellWords } from "../../../src/cli/completion/shell-words.ts";
import { onEveryDatabase, useDatabase } from "../../helpers/databases.ts";
import { completedInShell, isInstalled } from "../../helpers/in-shell.ts";
import { type CliOptions, startCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

describe("completion in the shell", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  it.for(["bash", "zsh", "fish"] as const)("by %s", async (shell, { skip }) => {
    skip(!isInstalled(shell), `${shell} is not installed`);
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "my file.csv"), "");
    writeFileSync(join(cwd, "obc-sync.config.json"), JSON.stringify({ database: database.location }));
    const lines = {
      "obc-sync ver": ["verify", "."],
      "obc-sync sync --detailed": ["sync", "--detailed-exitcode", "."],
      "obc-sync verify --format ju": ["verify", "--format", "junit", "."],
      "obc-sync sync --province Buk": ["sync", "--province", "Bukidnon", "."],
      "obc-sync sync --province=Buk": ["sync", "--province=Bukidnon", "."],
      "obc-sync sync --municipality 'San Fernando, Ce": ["sync", "--municipality", "San Fernando, Cebu", "."],
      "obc-sync coverage show San\\ Fernando,\\ Ce": ["coverage", "show", "San Fernando, Cebu", "."],
      "obc-sync import communities my": ["import", "communities", "my file.csv", "."],
      "obc-sync export coverages --output=my": ["export", "coverages", "--output=my file.csv", "."],
      "obc-sync community set x mosq": ["community", "set", "x", "mosques_count=", "."],
    };
    expect(await completedInShell(shell, Object.keys(lines), cwd)).toEqual(Object.values(lines));
  });
});

/** The machine of the tests may be busy. */
const PATIENT = { OBC_SYNC_COMPLETION_TIMEOUT: "30" };

/** The lines that the program answers a script with. */
async function answer(args: string[], options: CliOptions = {}) {
  const { stdout, stderr, exitCode } = await startCli(["complete", ...args], { env: PATIENT, ...options }).result;
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return stdout.trimEnd().split("\n");
}

onEveryDatabase(
  "the names that completion offers",
  (database) => {
    it("are those of places with communities, as commands take them; nothing is written", async () => {
      const options = { database: database.location };
      const [place] = await database.rows<{ code: string; name: string; parent: string }>(
        `select b.code, b.name, m.name as parent from obc_communities c join barangays b on b.id = c.barangay_id
         join municipalities m on m.id = b.municipality_id order by b.code limit 1`,
      );
      const { code = "", name = "", parent = "" } = place ?? {};
      const byName = await answer(["fish", "community", "show", name.slice(0, 3).toLowerCase()], options);
      expect(byName).toContain(`${name}, ${parent}\t${code}`);
      expect(await answer(["zsh", "community", "show", code], options)).toEqual([
        "words",
        `${code}\t${name}, ${parent}`,
      ]);
      const [, ...regions] = await answer(["zsh", "sync", "--region", ""], options);
      const [count] = await database.rows<{ n: number }>("select count(*) as n from regions");
      expect(regions).toHaveLength(Number(count?.n));
      const shown = await database.obcSync(["coverage", "show", "San Fernando, Cebu", "--json"]);
      expect(shown.stderr).not.toContain("UNIT_");
      if (database.kind === "sqlite") {
        await database.reset();
        await answer(["bash", "obc-sync sync --province Buk", "Buk"], options);
        const beside = readdirSync(dirname(database.location));
        expect(beside.filter((file) => database.location.endsWith(file.replace(/-(wal|shm)$/, "")))).toHaveLength(1);
      }
    });
  },
  { stage: "example" },
);

it("completion says nothing where there is no database, no server, or a mistake in the configuration file", async () => {
  const cwd = temporaryFolder();
  const line = ["bash", "obc-sync sync --province Buk", "Buk"];
  expect(await answer(line, { cwd })).toEqual([""]);
  expect(await answer(line, { cwd, database: "postgres://127.0.0.1:1/obc" })).toEqual([""]);
  // An address that never answers.
  expect(await answer(line, { cwd, database: "postgres://192.0.2.1/obc", env: {} })).toEqual([""]);
  expect(await answer(line, { cwd, database: "mysql://x" })).toEqual([""]);
  writeFileSync(join(cwd, "obc-sync.config.json"), "{");
  expect(await answer(line, { cwd })).toEqual([""]);
  expect(await answer(["bash", "obc-sync ver", "ver"], { cwd })).toEqual(["words", "verify"]);
});

it("splits a line as the shell does, and quotes what it adds", () => {
  expect(shellWords(`a "b c" d\\ e 'f "g`)).toMatchObject([
    { text: "a", quote: "" },
    { text: "b c", raw: '"b c"', quote: "" },
    { text: "d e", quote: "" },
    { text: 'f "g', quote: "'" },
  ]);
  expect(shellWords("a ").at(-1)).toEqual({ text: "", raw: "", quote: "" });
  expect(shellQuoted("Peña's $(x) & y", "")).toBe("Peña\\'s\\ \\$\\(x\\)\\ \\&\\ y");
  expect(shellQuoted('a "$(x)`', '"')).toBe('a \\"\\$(x)\\`');
  expect(shellQuoted("it's", "'")).toBe("it'\\''s");
});
