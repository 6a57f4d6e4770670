/** Standard input and pipes: another program writes them, at its own pace. */
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { builtProgram } from "../../helpers/project.ts";
import type { RunningCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const CSV = "barangay_code,households\n1001301001,7\n1001301002,8\n";

function households(database: TestDatabase): Promise<Array<{ code: string; households: number }>> {
  return database.rows(
    "select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
  );
}

const STORED = [
  { code: "1001301001", households: 7 },
  { code: "1001301002", households: 8 },
];

/** A pipe whose writer has written something, keeps it open and writes no more. */
function idle(): PassThrough {
  const stream = new PassThrough();
  stream.write(CSV);
  return stream;
}

function makeFifo(name = "pipe.csv"): string {
  const path = join(temporaryFolder(), name);
  execFileSync("mkfifo", [path]);
  return path;
}

/** What a run says when it is killed, if it has not ended by itself within the time. */
async function ended({ process, result }: RunningCli, milliseconds = 5000): Promise<string> {
  const late = setTimeout(() => process.kill("SIGKILL"), milliseconds);
  const { exitCode, stderr } = await result.finally(() => clearTimeout(late));
  return `exit ${exitCode}: ${stderr}`;
}

const INTERRUPTED = /^exit 130: .*interrupted; nothing was written/;

onEveryDatabase("an idle pipe", (database) => {
  it("locks nobody out, and is imported once it ends", async () => {
    const stdin = idle();
    const importing = database.startObcSync(["import", "communities", "-"], { stdin });
    await sleep(1500);
    const other = await database.obcSync(["community", "add", "1001301003", "households=1", "--lock-timeout", "2"]);
    stdin.end();
    expect(other).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await ended(importing)).toBe("exit 0: ");
    expect(await households(database)).toEqual([...STORED, { code: "1001301003", households: 1 }]);
  });

  it.each([
    ["import", ["import", "communities", "-"]],
    ["import with rejects", ["import", "communities", "-", "--rejects", "bad.csv"]],
    ["resolve", ["import", "communities", "-", "--resolve-only"]],
    ["verify", ["verify", "--source", "-"]],
  ])("%s ends at the first signal", async (_, args) => {
    const running = database.startObcSync(args, { stdin: idle(), cwd: temporaryFolder() });
    await sleep(1500);
    running.process.kill("SIGINT");
    expect(await ended(running)).toMatch(INTERRUPTED);
  });
});

const postgres = useDatabase("postgres");

it("standard input is read once, even if a conflict makes the import start again", async () => {
  await postgres.obcSync(["community", "add", "1001301001", "households=1"]);
  const other = await postgres.knex.transaction();
  await other.raw("update obc_communities set families = 2");
  const importing = postgres.startObcSync(["import", "communities", "-", "--lock-timeout", "20"], { stdin: CSV });
  const waiting = "select count(*) as n from pg_locks where not granted and locktype in ('transactionid', 'tuple')";
  for (let n = 0; n === 0; await sleep(100)) n = Number((await postgres.rows<{ n: number }>(waiting))[0]?.n);
  await other.commit();
  expect(await ended(importing, 20_000)).toBe("exit 0: ");
  expect(await households(postgres)).toEqual(STORED);
});

onEveryDatabase("a FIFO", (database) => {
  it.each([[["--dry-run"]], [["--rejects", "bad.csv"]]])("is imported with %j", async (flags) => {
    const fifo = makeFifo();
    const cwd = temporaryFolder();
    const importing = database.startObcSync(["import", "communities", fifo, "--json", "--skip-invalid", ...flags], {
      cwd,
    });
    await sleep(500);
    execFileSync("sh", ["-c", 'printf "%s" "$1" > "$2"', "sh", `${CSV}1001301003,x\n`, fifo], { timeout: 10_000 });
    const late = setTimeout(() => importing.process.kill("SIGKILL"), 10_000);
    const result = await importing.result.finally(() => clearTimeout(late));
    expect(documentOf(result)).toMatchObject({ file: fifo, rows: 3, created: 2, rejected: 1 });
    expect(existsSync(join(cwd, "bad.csv"))).toBe(flags[0] === "--rejects");
  });
});

const database = useDatabase("sqlite");

it("a FIFO that nobody writes ends at the first signal", async () => {
  const running = database.startObcSync(["import", "communities", makeFifo()]);
  await sleep(1500);
  running.process.kill("SIGINT");
  expect(await ended(running)).toMatch(INTERRUPTED);
});

it("a FIFO whose writer is idle ends at the first signal", async () => {
  const fifo = makeFifo();
  const running = database.startObcSync(["verify", "--source", fifo]);
  await sleep(1000);
  const writer = openSync(fifo, "w");
  await sleep(500);
  running.process.kill("SIGTERM");
  expect(await ended(running)).toMatch(INTERRUPTED);
  closeSync(writer);
});

it.each([
  ["comma.csv", CSV],
  ["packed.gz", gzipSync(CSV)],
  [
    "book.xlsx",
    makeXlsx([
      {
        name: "List",
        rows: CSV.trim()
          .split("\n")
          .map((line) => line.split(",")),
      },
    ]),
  ],
])("a process substitution is read: %s", async (name, content) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), content);
  const script = `"$0" "$1" import communities <(cat "$2") --rejects bad.csv --quiet --database "$3"`;
  const args = ["-c", script, process.execPath, builtProgram, join(folder, name), database.location];
  execFileSync("bash", args, { cwd: folder, timeout: 20_000 });
  expect(await households(database)).toEqual(STORED);
});

it("an empty process substitution is called empty", async () => {
  const script = `"$0" "$1" import communities <(true) --database "$2" 2>&1 || true`;
  const said = execFileSync("bash", ["-c", script, process.execPath, builtProgram, database.location], {
    timeout: 20_000,
    encoding: "utf8",
  });
  expect(said).toMatch(/^error: \/dev\/fd\/\d+ is empty/);
});

/** Milliseconds after which the program has read what is there and waits for more. */
const UNTIL_IT_READS = 2500;

async function* slowly(pieces: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let wait = UNTIL_IT_READS;
  for (const piece of pieces) {
    yield Buffer.from(piece);
    await sleep(wait);
    wait = 60;
  }
}

const JSON_LINES = '{"barangay_code":"1001301001","households":7}\n{"barangay_code":"1001301002","households":8}\n';

/** The first bytes one at a time, then the rest. */
function startingSlowly(bytes: Uint8Array): Uint8Array[] {
  return [bytes.subarray(0, 1), bytes.subarray(1, 2), bytes.subarray(2)];
}

it.each<[string, Array<string | Uint8Array>, string[]]>([
  [
    "a semicolon, and a heading with a comma",
    ["barangay_code;OBC, HH\n", "1001301001;7\n", "1001301002;8\n"],
    ["--map", "OBC, HH=households"],
  ],
  ["a header below a title", ["Communities\n", "barangay_code,households\n", "1001301001,7\n1001301002,8\n"], []],
  ["gzip", startingSlowly(gzipSync(CSV)), []],
  ["UTF-16", startingSlowly(Buffer.from(`\ufeff${CSV}`, "utf16le")), []],
  ["JSON lines", [" ", JSON_LINES], []],
])("standard input in small pieces is read: %s", async (_, pieces, flags) => {
  const stdin = Readable.from(slowly(pieces));
  const result = await database.obcSync(["import", "communities", "-", ...flags], { stdin });
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await households(database)).toEqual(STORED);
});

it("messages call standard input by its name", async () => {
  const { error } = documentOf<ErrorDocument>(
    await database.obcSync(["import", "communities", "-", "--json"], { stdin: "" }),
  );
  expect(error.message).toBe("standard input is empty");
});

it("a temporary folder that cannot be written is named", async () => {
  const env = { OBC_SYNC_DATABASE: database.location, TMPDIR: "/no/such/folder" };
  const result = await database.obcSync(["import", "communities", "-", "--json"], { stdin: CSV, env });
  expect(documentOf<ErrorDocument>(result).error).toMatchObject({
    code: "INPUT_INVALID",
    message: "standard input cannot be copied to a temporary file in /no/such/folder (ENOENT)",
    hint: expect.stringContaining("TMPDIR"),
  });
});

it("nothing is left behind in the temporary folder", async () => {
  const folder = temporaryFolder();
  const env = { OBC_SYNC_DATABASE: database.location, TMPDIR: folder };
  await database.obcSync(["import", "communities", "-"], { stdin: CSV, env });
  const running = database.startObcSync(["import", "communities", "-"], { stdin: idle(), env });
  await sleep(1000);
  running.process.kill("SIGINT");
  await running.result;
  expect(execFileSync("ls", ["-A", folder], { encoding: "utf8" })).toBe("");
});
