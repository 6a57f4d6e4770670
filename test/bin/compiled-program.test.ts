import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFolder } from "../helpers/project.ts";

/** An installation of its own, so that its compiled code can be damaged. */
let installed = "";
const program = () => join(installed, "dist/bin/obc-sync.js");
const compiledCode = () => join(installed, "dist/bin/program.cache");

beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), "obc-sync-installed-"));
  cpSync(join(projectFolder, "dist/bin"), join(installed, "dist/bin"), { recursive: true });
  for (const name of ["package.json", "node_modules", "fixtures"])
    symlinkSync(join(projectFolder, name), join(installed, name));
});

afterAll(() => rmSync(installed, { recursive: true }));

function obcSync(...args: string[]) {
  const database = join(installed, "obc.sqlite3");
  const { stdout, stderr, status } = spawnSync(process.execPath, [program(), ...args, "--database", database], {
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  return { stdout, stderr, exitCode: status };
}

describe("the program and its compiled code", () => {
  it("is warmed up by an installation, which leaves nothing else behind", () => {
    rmSync(compiledCode(), { force: true });
    const before = readdirSync(join(installed, "dist/bin"));
    const scratch = join(installed, "scratch");
    mkdirSync(scratch);
    const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
    const said = execFileSync("sh", ["-c", scripts.postinstall], {
      cwd: installed,
      env: { PATH: process.env.PATH, TMPDIR: scratch },
      encoding: "utf8",
    });
    expect(said).toBe("");
    expect(readdirSync(join(installed, "dist/bin")).sort()).toEqual([...before, "program.cache"].sort());
    expect(readdirSync(scratch)).toEqual([]);
  });

  it.each([
    ["is cut off", (code: Buffer) => code.subarray(0, code.length / 2)],
    ["is of another V8", (code: Buffer) => Buffer.concat([Buffer.from("another"), code.subarray(7)])],
    ["is empty", () => Buffer.alloc(0)],
  ])("runs where compiled code %s", (_, damaged) => {
    writeFileSync(compiledCode(), damaged(readFileSync(join(projectFolder, "dist/bin/program.cache"))));
    expect(obcSync("migrate")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(obcSync("sync").stdout).toContain("Barangay OBCs:       0\n");
  });

  it("runs where there is none, as after an installation without scripts", () => {
    rmSync(compiledCode(), { force: true });
    expect(obcSync("migrate")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("names the modules of a stack where Node is asked for source maps", () => {
    const broken = join(installed, "broken.cjs");
    writeFileSync(broken, `Object.defineProperty(process.stdout, "isTTY", { get() { throw new Error("made up") } });`);
    const flags = ["--enable-source-maps", "--require", broken];
    const { stderr } = spawnSync(process.execPath, [...flags, program(), "sync"], { encoding: "utf8" });
    expect(stderr).toContain("error: Error: made up\n");
    expect(stderr).toMatch(/\(.*\/src\/cli\/main\.js:\d+:\d+\)/);
  });

  it.each(["--version", "-V"])("%s prints the version of the package", (flag) => {
    const { version } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
    expect(execFileSync(process.execPath, [program(), flag], { encoding: "utf8" })).toBe(`${version}\n`);
  });
});
