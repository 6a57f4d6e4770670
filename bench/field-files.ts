/**
 * npm run bench:files                       files of 100,000 and of 1,000,000 rows on SQLite
 * npm run bench:files -- --rows 10000 --databases sqlite,postgres
 *
 * Looks at a file (inspect) and previews its import (import --dry-run), as CSV and as a workbook that Excel would write, and
 * reports peak memory and processor time. Nothing is compared: memory must not grow with the file, nor the time for a row.
 */
import { mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { makePostgres, makeSqlite, PROGRAM } from "./bench-database.ts";
import { runNode } from "./child-process.ts";
import { writeCsv } from "./csv-file.ts";
import { startPostgres } from "./postgres-server.ts";
import type { Size } from "./sizes.ts";
import { writeXlsx } from "./xlsx-file.ts";

const { values: flags } = parseArgs({
  options: { rows: { type: "string", default: "100000,1000000" }, databases: { type: "string", default: "sqlite" } },
});

const FOLDER = resolve(".bench");
const COMMANDS = { inspect: ["inspect"], "import --dry-run": ["import", "communities", "--dry-run"] };

await mkdir(FOLDER, { recursive: true });
const kinds = flags.databases.split(",");
const server = kinds.includes("postgres") ? await startPostgres() : null;
const lines = ["| rows | file | database | what | processor time | for a row | peak memory |", "|-|-|-|-|-|-|-|"];
try {
  for (const rows of flags.rows.split(",").map(Number)) {
    const size: Size = { communities: rows, municipalities: rows / 25, provinces: rows / 500, regions: 90 };
    const files = { ".csv": resolve(FOLDER, `field-${rows}.csv`), ".xlsx": resolve(FOLDER, `field-${rows}.xlsx`) };
    await writeCsv(files[".csv"], size);
    await writeXlsx(files[".xlsx"], size);
    for (const kind of kinds) {
      const database =
        kind === "postgres" && server ? await makePostgres(server.url, size) : await makeSqlite(FOLDER, size);
      await database.withoutCommunities();
      for (const [format, file] of Object.entries(files)) {
        for (const [what, command] of Object.entries(COMMANDS)) {
          process.stderr.write(`${kind}, ${rows} rows, ${format}: ${what}\n`);
          const { cpuMs, peakMb } = await runNode([
            PROGRAM,
            ...command,
            file,
            "--quiet",
            "--database",
            database.location,
          ]);
          const time = [`${((cpuMs ?? 0) / 1000).toFixed(1)} s`, `${Math.round(((cpuMs ?? 0) * 1000) / rows)} µs`];
          const cells = [rows.toLocaleString("en"), format, kind, what, ...time, `${Math.round(peakMb ?? 0)} MB`];
          lines.push(`| ${cells.join(" | ")} |`);
        }
      }
      await database.remove();
    }
    for (const file of Object.values(files)) await rm(file);
  }
} finally {
  await server?.stop();
}
console.log(lines.join("\n"));
