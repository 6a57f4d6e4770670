/** The files that an import writes: complete or not at all, and never over something that the user has not given up. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { builtProgram } from "../../helpers/project.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const HEADER = "barangay_code,households";
const REJECTED = `${HEADER},row,column,code,message\r\n1001301001,x,`;

/** A folder with a file to import of which one row is bad. */
function workplace(): { folder: string; survey: string; in: (name: string) => string } {
  const folder = temporaryFolder();
  const survey = join(folder, "survey.csv");
  writeFileSync(survey, `${HEADER}\n1001301001,x\n1001301002,5\n`);
  return { folder, survey, in: (name) => join(folder, name) };
}

function rejecting(database: TestDatabase, survey: string, rejects: string, ...flags: string[]) {
  return database.obcSync(["import", "communities", survey, "--skip-invalid", "--rejects", rejects, ...flags]);
}

function template(database: TestDatabase, path: string, ...flags: string[]) {
  return database.obcSync(["import", "communities", "--template", path, ...flags]);
}

onEveryDatabase("a file that is there", (database) => {
  it("is not replaced by rejects, and nothing is imported", async () => {
    const { folder, survey, in: inFolder } = workplace();
    const before = await digest(database);
    writeFileSync(inFolder("bad.csv"), "precious");
    expect(await rejecting(database, survey, inFolder("bad.csv"))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/bad\.csv exists already\nhint:.*--overwrite/),
    });
    expect(readFileSync(inFolder("bad.csv"), "utf8")).toBe("precious");
    expect(await digest(database)).toBe(before);

    expect(await rejecting(database, survey, inFolder("bad.csv"), "--overwrite")).toMatchObject({ exitCode: 3 });
    expect(readFileSync(inFolder("bad.csv"), "utf8").startsWith(REJECTED)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["bad.csv", "survey.csv"]);
  });

  it.each([
    ["list.csv", []],
    ["list.xlsx", []],
    ["list.csv", ["--municipality", "Baungon"]],
    ["list.xlsx", ["--municipality", "Baungon"]],
  ])("is not replaced by the template %s %j", async (name, flags) => {
    const { in: inFolder } = workplace();
    writeFileSync(inFolder(name), "filled in");
    expect(await template(database, inFolder(name), ...flags)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`${name} exists already`),
    });
    expect(readFileSync(inFolder(name), "utf8")).toBe("filled in");
    expect(await template(database, inFolder(name), "--overwrite", ...flags)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(inFolder(name), "utf8")).not.toBe("filled in");
  });
});

describe("what is never replaced", () => {
  const database = useDatabase("sqlite");

  it("is the file to import, under any of its names", async () => {
    const { folder, survey, in: inFolder } = workplace();
    const [content, before] = [readFileSync(survey, "utf8"), await digest(database)];
    symlinkSync(survey, inFolder("soft.csv"));
    linkSync(survey, inFolder("hard.csv"));
    symlinkSync(folder, inFolder("folder"));
    const names = ["survey.csv", "soft.csv", "hard.csv", "folder/survey.csv", `../${basename(folder)}/survey.csv`];
    for (const name of names) {
      expect(await rejecting(database, survey, inFolder(name), "--overwrite"), name).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("would overwrite the file to import"),
      });
    }
    const command = `${process.execPath} ${builtProgram} import communities - --skip-invalid --overwrite --rejects`;
    const env = { ...process.env, OBC_SYNC_DATABASE: database.location };
    const redirected = spawnSync("sh", ["-c", `${command} ${survey} < ${survey}`], { env, encoding: "utf8" });
    expect(redirected).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("would overwrite the file to import"),
    });
    expect(readFileSync(survey, "utf8")).toBe(content);
    expect(await digest(database)).toBe(before);
  });

  it("is the mapping", async () => {
    const { survey, in: inFolder } = workplace();
    writeFileSync(inFolder("mapping.json"), "{}");
    const flags = ["--overwrite", "--mapping", inFolder("mapping.json")];
    expect(await rejecting(database, survey, inFolder("mapping.json"), ...flags)).toMatchObject({ exitCode: 1 });
    expect(readFileSync(inFolder("mapping.json"), "utf8")).toBe("{}");
  });

  it("is the database, with the files that SQLite keeps beside it, under any name", async () => {
    const { survey, in: inFolder } = workplace();
    const before = await digest(database);
    symlinkSync(database.location, inFolder("soft.csv"));
    linkSync(database.location, inFolder("hard.csv"));
    const beside = ["-wal", "-shm", "-journal"].map((ending) => database.location + ending);
    // Through another name of its folder too.
    symlinkSync(join(database.location, ".."), inFolder("folder"));
    const names = [database.location, inFolder("soft.csv"), inFolder("hard.csv"), ...beside];
    names.push(inFolder(`folder/${basename(database.location)}-wal`));
    for (const name of names) {
      expect(await rejecting(database, survey, name, "--overwrite"), name).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("would overwrite the database"),
      });
    }
    for (const name of [inFolder("soft.csv"), inFolder("hard.csv")]) {
      for (const flags of [[], ["--municipality", "Baungon"]]) {
        expect(await template(database, name, "--overwrite", ...flags), name).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining("would overwrite the database"),
        });
      }
    }
    expect(await digest(database)).toBe(before);
    expect(existsSync(`${database.location}-journal`)).toBe(false);
  });

  it("is a folder, a device, or a link to nothing", async () => {
    const { survey, in: inFolder } = workplace();
    mkdirSync(inFolder("folder"));
    symlinkSync(inFolder("nothing"), inFolder("dangling"));
    const before = await digest(database);
    for (const [name, message] of [
      [inFolder("folder"), "is a folder"],
      ["/dev/null", "is not a regular file"],
      [inFolder("dangling"), "cannot be written (ENOENT)"],
    ] as const) {
      expect(await rejecting(database, survey, name, "--overwrite")).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(message),
      });
    }
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(await digest(database)).toBe(before);
  });
});

describe("a file that is replaced", () => {
  const database = useDatabase("sqlite");

  it("keeps its permissions, and a link to it stays a link", async () => {
    const { survey, in: inFolder } = workplace();
    writeFileSync(inFolder("bad.csv"), "old");
    chmodSync(inFolder("bad.csv"), 0o600);
    symlinkSync(inFolder("bad.csv"), inFolder("latest.csv"));
    expect(await rejecting(database, survey, inFolder("latest.csv"), "--overwrite")).toMatchObject({ exitCode: 3 });
    expect(readFileSync(inFolder("bad.csv"), "utf8").startsWith(REJECTED)).toBe(true);
    expect(statSync(inFolder("bad.csv")).mode & 0o777).toBe(0o600);
    expect(readFileSync(inFolder("latest.csv"), "utf8")).toBe(readFileSync(inFolder("bad.csv"), "utf8"));
  });
});

onEveryDatabase("a file that cannot be written", (database) => {
  it("is found before anything is imported", async () => {
    const { survey, in: inFolder } = workplace();
    const before = await digest(database);
    for (const name of ["none/bad.csv", "survey.csv/bad.csv", `${"n".repeat(300)}.csv`]) {
      expect(await rejecting(database, survey, inFolder(name))).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/cannot be written \(E[A-Z]+\)\nhint:/),
      });
    }
    expect(await digest(database)).toBe(before);
  });

  it("leaves nothing behind where the import fails after it", async () => {
    const { folder, survey, in: inFolder } = workplace();
    await database.rows(
      database.kind === "sqlite"
        ? "create trigger obstacle before insert on obc_communities begin select raise(abort, 'no room'); end"
        : "alter table obc_communities add constraint obstacle check (households is null or households <> 5)",
    );
    const failed = await rejecting(database, survey, inFolder("bad.csv"));
    expect(failed.exitCode).toBe(1);
    expect(readdirSync(folder)).toEqual(["survey.csv"]);
  });

  it.each([1, 2])("leaves nothing behind after Ctrl-C, pressed %i times", async (times) => {
    const { folder, survey, in: inFolder } = workplace();
    const rows = Array.from({ length: 400_000 }, (_, at) => `10013${String(at).padStart(5, "0")},x`);
    writeFileSync(survey, `${HEADER}\n${rows.join("\n")}\n`);
    const running = database.startObcSync(["import", "communities", survey, "--rejects", inFolder("bad.csv")]);
    // Until the rejects are being written.
    while (readdirSync(folder).every((name) => name === "survey.csv") && running.process.exitCode === null)
      await sleep(5);
    for (let time = 0; time < times; time += 1) {
      running.process.kill("SIGINT");
      await sleep(20);
    }
    const { exitCode } = await running.result;
    // The second one may come when Node has given up the signals already: it then kills, for which shells say 130 too.
    expect(exitCode === null ? running.process.signalCode : exitCode).toBe(
      exitCode === null && times > 1 ? "SIGINT" : 130,
    );
    expect(readdirSync(folder)).toEqual(["survey.csv"]);
  });
});
