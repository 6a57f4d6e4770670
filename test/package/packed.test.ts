/** The package as users install it: packed, unpacked in an empty project, imported and run. */
import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCHEMAS_FOLDER } from "../../docs/update-schemas.ts";
import { documentationBlocks, documentationPages, isWholeProgram } from "../helpers/documentation-blocks.ts";
import { fixture, projectFolder } from "../helpers/project.ts";

const run = promisify(execFile);

/** Packing compresses, and the compiler reads everything, on a machine that may be busy. */
const PATIENCE_MS = 240_000;

const blocks = documentationPages()
  .flatMap(documentationBlocks)
  .filter(({ language }) => language === "ts");

describe("the packed package in an empty project", { timeout: PATIENCE_MS }, () => {
  let project: string;
  let installed: string;

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "obc-sync-packed-"));
    installed = join(project, "node_modules/obc-sync");
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
    await install(project, installed);
  }, PATIENCE_MS);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("contains the built program, the documents, what a server needs, the bundled geography and the example, and nothing else", () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    const schemas = readdirSync(SCHEMAS_FOLDER).map((file) => join("docs/schemas", file));
    expect(files).toEqual(expect.arrayContaining(schemas));
    const others = files.filter(
      (file) =>
        !schemas.includes(file) &&
        !/^dist\/(bin|src|migrations)\/.+\.(c?js|cjs\.map|d\.ts)$|^docs\/(decisions\/)?[\w-]+\.md$/.test(file),
    );
    const { man } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(others.sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      ...["obc-sync.cron", "obc-sync.env"].map((name) => `deploy/${name}`),
      ...readdirSync(join(projectFolder, "deploy/systemd")).map((name) => `deploy/systemd/${name}`),
      "dist/bin/commands.json",
      "dist/config.schema.json",
      ...man.map((page: string) => page.slice(2)),
      "docs/native-role.sql",
      "docs/obcms-role.sql",
      "fixtures/boundaries/README.md",
      "fixtures/boundaries/provinces.topo.json.gz",
      "fixtures/communities.csv",
      "fixtures/geography/README.md",
      "fixtures/geography/psgc-2025-2q.tsv.gz",
      "package.json",
    ]);
    expect(files).toEqual(expect.arrayContaining(documentationPages()));
    // Every source has its compiled program and its types.
    for (const source of readdirSync(join(projectFolder, "src"), { recursive: true, encoding: "utf8" })) {
      if (!source.endsWith(".ts") || source.endsWith(".d.ts")) continue;
      expect(files).toContain(join("dist/src", source.replace(/\.ts$/, ".js")));
      expect(files).toContain(join("dist/src", source.replace(/\.ts$/, ".d.ts")));
    }
  });

  it("creates a database with correct coverages with its program, which has a Knex of its own", async () => {
    expect(existsSync(join(project, "node_modules/knex"))).toBe(false);
    // The document of an import lists every change.
    const options = { cwd: project, maxBuffer: 64 * 1024 ** 2 };
    const obcSync = (...args: string[]) => run(join(project, "node_modules/.bin/obc-sync"), args, options);
    await obcSync("migrate");
    await obcSync("import", "geography");
    const imported = await obcSync("import", "communities", fixture("communities.csv"), "--json");
    expect(JSON.parse(imported.stdout)).toMatchObject({ created: 600, sync: { municipalities: { created: 109 } } });
    const verified = await obcSync("verify", "--json");
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, checked: { municipalities: 109, provinces: 23 } });
    // A thread reads it with a library that is not in the bundle.
    const inspected = await obcSync("inspect", fixture("workbooks/survey.xls"), "--json");
    expect(JSON.parse(inspected.stdout)).toMatchObject({ source: { format: "xls" }, rows: 7, rejected: 0 });
    await expect(obcSync("sync", "--province", "Atlantis")).rejects.toMatchObject({ code: 1 });
  });

  describe("beside the Knex of an application", () => {
    beforeAll(() => link(project, "knex"));

    it("can be imported by plain JavaScript, on the database that its program created", async () => {
      writeFileSync(
        join(project, "main.mjs"),
        `import createKnex from "knex";
         import * as library from "obc-sync";
         import { run } from "obc-sync/cli";
         import { createRequire } from "node:module";
         const schema = createRequire(import.meta.url)("obc-sync/schemas/verify.json");
         const knex = createKnex({ client: "better-sqlite3", connection: { filename: "obc.sqlite3" }, useNullAsDefault: true });
         const created = await library.createCommunity(knex, "1001301001", { households: 200 });
         const region = await library.syncEntireHierarchy(knex, { region: "10" });
         const refused = await library.updateCommunity(knex, "1001301001", { households: -1 }).catch((error) => error);
         const [{ households }] = await knex("municipality_coverages")
           .where("municipality_id", created.before.municipalityId).select("households");
         await knex.destroy();
         const verified = await run(["verify", "--quiet"], process, { environment: { OBC_SYNC_DATABASE: "obc.sqlite3" } });
         console.log(JSON.stringify({
           region, households, verified, schema: schema.properties.command.const,
           refused: refused instanceof library.ObcSyncError && refused.code,
           fields: library.FIELDS.length,
           names: Object.keys(library).sort(),
         }));`,
      );
      const { stdout } = await run(process.execPath, ["main.mjs"], { cwd: project });
      const printed = JSON.parse(stdout);
      expect(printed).toMatchObject({
        // 33 municipalities of the region had communities, Baungon is the 34th.
        region: { municipalitiesSynced: 34, provincesSynced: 7, region: "Region X (Northern Mindanao)" },
        households: 200,
        verified: 0,
        schema: "verify",
        refused: "USAGE",
        fields: 29,
      });
      expect(printed.names).toEqual(expect.arrayContaining([...NAMES_OF_THE_REFERENCE]));
    });

    it("runs the whole programs of docs/library.md", async () => {
      const folder = join(project, "program");
      mkdirSync(folder);
      const programs = blocks.filter(isWholeProgram);
      expect(programs).toHaveLength(1);
      for (const { code } of programs) {
        writeFileSync(join(folder, "program.mjs"), code);
        const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: folder });
        // A new database has nothing to sync.
        expect(stdout).toBe("{ municipalitiesSynced: 0, provincesSynced: 0, region: 'All Regions' }\n");
      }
    });

    it("type-checks every documented TypeScript block, in strict mode", async () => {
      for (const [index, block] of blocks.entries()) {
        const scope = isWholeProgram(block) ? "" : 'import type { Knex } from "knex";\ndeclare const knex: Knex;\n';
        writeFileSync(join(project, `block-${index}.ts`), `${scope}${block.code}export {};\n`);
      }
      // These must not compile: an expected error that does not occur is an error too.
      writeFileSync(
        join(project, "wrong.ts"),
        `import type { Knex } from "knex";
         import { createCommunity, syncForProvince, updateCommunity } from "obc-sync";
         declare const knex: Knex;
         // @ts-expect-error a figure is a number
         await updateCommunity(knex, "1001301001", { households: "200" });
         // @ts-expect-error no such field
         await createCommunity(knex, "1001301001", { house_holds: 200 });
         // @ts-expect-error a province cannot be synced without provinces
         await syncForProvince(knex, "Bukidnon", { syncProvincial: false });
         // @ts-expect-error codes are strings: a number would lose its leading zero
         await syncForProvince(knex, 907200000);`,
      );
      const options = { target: "es2023", module: "nodenext", strict: true, noEmit: true, types: ["node"] };
      writeFileSync(
        join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions: { ...options, exactOptionalPropertyTypes: true }, include: ["*.ts"] }),
      );
      const compiler = join(projectFolder, "node_modules/typescript/bin/tsc");
      const problems = await run(process.execPath, [compiler, "-p", "."], { cwd: project }).then(
        () => "",
        ({ stdout }: { stdout: string }) => stdout,
      );
      expect(problems).toBe("");
    });
  });
});

/** The quick reference's names, in camelCase. */
const NAMES_OF_THE_REFERENCE = [
  "bulkRefreshMunicipalities",
  "bulkRefreshProvinces",
  "bulkSyncCommunities",
  "refreshFromCommunities",
  "refreshFromMunicipalities",
  "restore",
  "softDelete",
  "syncEntireHierarchy",
  "syncForMunicipality",
  "syncForProvince",
];

/**
 * Packs the package and unpacks it where npm would. Its dependencies are those that this checkout has installed:
 * better-sqlite3 may have to be compiled, which takes minutes and says nothing about the package. Only what the
 * package itself declares is linked, and the types of Node that every such project has. npm also installs its peer, Knex.
 */
async function install(project: string, installed: string): Promise<void> {
  const packed = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], {
    cwd: projectFolder,
  });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  await run("tar", ["-xzf", join(project, filename), "-C", installed, "--strip-components=1"]);
  const { bin, dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, ".bin"));
  for (const name of [...Object.keys(dependencies), "@types/node"]) link(project, name);
  // npm too makes a package's programs executable.
  chmodSync(join(installed, bin["obc-sync"]), 0o755);
  symlinkSync(join(installed, bin["obc-sync"]), join(modules, ".bin/obc-sync"));
}

/** Installs a package in the project: the one that this checkout has. */
function link(project: string, name: string): void {
  const path = join(project, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(projectFolder, "node_modules", name), path);
}
