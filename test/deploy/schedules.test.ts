/** The units of systemd and the lines of cron in deploy/: each command of theirs runs, and systemd accepts the units. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { builtProgram, projectFolder } from "../helpers/project.ts";
import { parsePrometheusText } from "../helpers/prometheus-text.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const units = join(projectFolder, "deploy/systemd");
const INSTALLED = "/usr/local/bin/obc-sync";
const METRICS = "/var/lib/prometheus/node-exporter";

const commandsOf = (unit: string) =>
  [...readFileSync(join(units, unit), "utf8").matchAll(/^ExecStart=(.*)$/gm)].map(([, command]) => String(command));

const scheduled = readdirSync(units)
  .filter((unit) => unit.endsWith(".service") && unit !== "obc-sync-watch.service")
  .flatMap(commandsOf);

const cronCommands = readFileSync(join(projectFolder, "deploy/obc-sync.cron"), "utf8")
  .split("\n")
  .flatMap((line) => /^[\d*/]+( +[\d*/]+){4} +obc-sync +(.*)$/.exec(line)?.[2] ?? []);

/** A folder with a program of the name that the units and the lines have. */
function installed(): string {
  const folder = temporaryFolder();
  const program = join(folder, "obc-sync");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${builtProgram}" "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

onEveryDatabase(
  "the commands of the timers and of cron",
  (database) => {
    it("succeed, print nothing, and leave metrics", async () => {
      expect([scheduled.length, cronCommands.length]).toEqual([4, 3]);
      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      const folder = installed();
      for (const command of [...scheduled, ...cronCommands]) {
        const shell = command.replace(INSTALLED, "obc-sync").replace(METRICS, folder);
        const env = { PATH: `${folder}:${process.env.PATH}`, OBC_SYNC_DATABASE: database.location };
        const { status, stdout, stderr } = spawnSync("sh", ["-c", shell], { env, encoding: "utf8" });
        expect({ command, status, stdout, stderr }).toEqual({ command, status: 0, stdout: "", stderr: "" });
      }
      const samples = parsePrometheusText(readFileSync(join(folder, "obc-sync.prom"), "utf8"));
      expect(samples.find(({ name }) => name === "obc_sync_healthy")?.value).toBe(1);
    });
  },
  { stage: "example" },
);

const analyzer = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].find(existsSync);

it.skipIf(analyzer === undefined)("systemd accepts the units", () => {
  const folder = installed();
  const files = readdirSync(units).map((unit) => {
    const file = join(folder, basename(unit));
    writeFileSync(file, readFileSync(join(units, unit), "utf8").replaceAll(INSTALLED, join(folder, "obc-sync")));
    return file;
  });
  // It prints a line for each setting that it does not understand.
  const { status, stdout, stderr } = spawnSync(analyzer as string, ["verify", ...files], { encoding: "utf8" });
  const ours = stderr.split("\n").filter((line) => line.includes("obc-sync"));
  expect({ status, stdout, ours }).toEqual({ status: 0, stdout: "", ours: [] });
});
