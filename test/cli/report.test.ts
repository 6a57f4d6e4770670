/** The figures of a report, which plain SQL computes from the same tables. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FIELDS } from "../../src/core/fields.ts";
import { report } from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { onEveryObcms } from "../helpers/obcms/make-obcms.ts";
import { digest } from "../helpers/plain-sql.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

type Figures = Record<string, number | null>;

interface Unit {
  code: string;
  name: string;
  state: string;
  figures: Figures;
  communities: number;
  units: Unit[];
}

interface ReportDocument {
  page: { file: string; bytes: number };
  totals: { figures: Figures; fromCommunities: string[]; communities: number; municipalities: number };
  regions: Unit[];
  completeness: { filled: Figures; manual: Unit[]; archived: Unit[]; uncovered: Unit[] };
  changes: { runs: number; units: Record<string, Figures>; coverages: Array<{ code: string; figures: object }> } | null;
}

const COLUMNS = ["total_obc_communities", ...FIELDS];
const sums = (alias: string) => COLUMNS.map((column) => `sum(${alias}.${column}) as ${column}`).join(", ");
const BUKIDNON = "1001300000";

/** The figures of a row. PostgreSQL's sums are text. */
function withoutCode({ code: _, ...figures }: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([column, value]) => [column, Number(value)]));
}

onEveryDatabase(
  "report",
  (database) => {
    const make = async (...args: string[]) => {
      const file = join(temporaryFolder(), "report.html");
      const result = await database.obcSync(["report", "--output", file, "--json", ...args]);
      expect(result).toMatchObject({ exitCode: 0, stderr: "" });
      return { document: JSON.parse(result.stdout) as ReportDocument, page: readFileSync(file, "utf8"), file };
    };
    it("has the figures of the coverages, and writes nothing else", async () => {
      await database.rows(
        "update municipality_coverages set auto_sync = false, households = 12345 where municipality_id in (select id from municipalities where name = 'Damulog')",
      );
      expect((await database.obcSync(["sync"])).exitCode).toBe(0);
      await database.rows(
        "update province_coverages set is_deleted = true where province_id in (select id from provinces where name = 'Camiguin')",
      );
      await database.rows(
        "delete from municipality_coverages where municipality_id in (select id from municipalities where name = 'Libona')",
      );
      const before = await digest(database);
      const { document, page } = await make();
      expect(await digest(database)).toBe(before);

      const [total] = await database.rows(`select ${sums("v")} from province_coverages v where not v.is_deleted`);
      expect(document.totals.figures).toEqual(withoutCode(total as Figures));
      const regions = await database.rows<{ code: string }>(
        `select r.code, ${sums("v")} from province_coverages v join provinces p on p.id = v.province_id
           join regions r on r.id = p.region_id where not v.is_deleted group by r.code order by r.code`,
      );
      expect(document.regions.map(({ figures }) => figures)).toEqual(regions.map(withoutCode));
      for (const level of ["province", "municipality"] as const) {
        const stored = await database.rows<{ code: string }>(
          `select u.code, ${COLUMNS.map((column) => `v.${column}`).join(", ")} from ${level}_coverages v
             join ${level === "province" ? "provinces" : "municipalities"} u on u.id = v.${level}_id
            where not v.is_deleted order by u.code`,
        );
        const provinces = document.regions.flatMap(({ units }) => units);
        const units = level === "province" ? provinces : provinces.flatMap((unit) => unit.units);
        const shown = units.filter(({ state }) => state === "automatic" || state === "manual");
        expect(shown.map(({ code, figures }) => ({ code, ...figures }))).toEqual(
          stored.map((row) => ({ code: row.code, ...withoutCode(row) })),
        );
      }
      const [filled] = await database.rows(
        `select ${FIELDS.map((field) => `count(${field}) as ${field}`).join(", ")} from obc_communities where not is_deleted`,
      );
      expect(document.completeness.filled).toEqual(withoutCode(filled as Figures));
      expect(document.completeness).toMatchObject({
        manual: [{ name: "Damulog" }],
        archived: [{ name: "Camiguin" }],
        uncovered: [{ name: "Libona" }],
      });
      // The page has the same figures, with separators.
      const cells = new Set(page.match(/(?<=<td class="n">)[\d,]+(?=<\/td>)/g));
      for (const { figures } of document.regions.flatMap((unit) => [unit, ...unit.units])) {
        if (figures.households !== null) expect(cells).toContain(Number(figures.households).toLocaleString("en"));
      }
      expect(page).toContain('<span class="tag">manual</span>');
      expect(page).toContain('<span class="tag">archived, not counted</span>');
    });

    it("reports on one province, and what has changed there since a run", async () => {
      const [community] = await database.rows<{ code: string }>(
        "select b.code from obc_communities c join barangays b on b.id = c.barangay_id join municipalities m on m.id = b.municipality_id where m.name = 'Damulog' and c.households is not null order by b.code limit 1",
      );
      await database.obcSync(["community", "set", String(community?.code), "households=7777"]);
      const { document, page } = await make("--province", "Bukidnon", "--since", "1", "--lang", "fil");
      const [stored] = await database.rows(
        `select ${sums("v")} from province_coverages v join provinces p on p.id = v.province_id where p.code = ?`,
        BUKIDNON,
      );
      expect(document.totals.figures).toEqual(withoutCode(stored as Figures));
      expect(document.changes).toMatchObject({
        runs: 1,
        units: { community: { changed: 1, created: 0 }, municipality: { changed: 1 } },
        coverages: [{ code: "1001302000", figures: { households: expect.anything() } }],
      });
      expect(page).toContain('<html lang="fil">');
      const elsewhere = await make("--region", "9", "--since", "1");
      expect(elsewhere.document.changes).toMatchObject({ units: { community: { changed: 0 } }, coverages: [] });
      await database.rows("delete from obc_sync_run_values where run_id > 1");
      const later = await make("--since", "1");
      expect(later.document.changes).toMatchObject({ runs: 1, forgotten: true, coverages: [] });
      expect(later.page).toContain("were forgotten (history prune)");
    });

    it("makes a hostile name harmless", async () => {
      const name = `<script>alert(1)</script>"'\u001b[2J`;
      await database.rows("update municipalities set name = ? where name = 'Damulog'", name);
      await database.rows("update provinces set name = ? where code = ?", name, BUKIDNON);
      const { page } = await make("--note", "<img src=x>");
      expect(page.match(/<script>/g)).toHaveLength(1);
      expect(page).not.toContain("<img");
      expect(page).not.toContain("\u001b");
      expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;\\u001b[2J");
    });

    it.runIf(process.platform === "linux")("opens the page, or says that it could not", async () => {
      const folder = temporaryFolder();
      const opener = join(folder, "xdg-open");
      writeFileSync(opener, `#!/bin/sh\necho "$1" > ${folder}/opened\n`, { mode: 0o755 });
      const open = (name: string, path: string) =>
        database.obcSync(["report", "--output", join(folder, name), "--open"], { env: { PATH: path } });
      expect((await open("one.html", `${folder}:${process.env.PATH}`)).stdout).toMatch(/one\.html \(\d+ kB\), /);
      await expect.poll(() => existsSync(join(folder, "opened"))).toBe(true);
      expect((await open("two.html", "/nowhere")).stdout).toContain(
        "No browser could be started: open the file yourself.",
      );
    });

    it("refuses a point in time, a run, a file and a scope that it cannot use", async () => {
      const { file } = await make();
      const refused = async (...args: string[]) => (await database.obcSync(["report", ...args])).stderr;
      expect(await refused("--output", file)).toContain("exists already");
      expect(await refused("--output", `${file}2`, "--since", "yesterday")).toContain("neither a date nor a run");
      expect(await refused("--output", `${file}2`, "--since", "99")).toContain("there is no run 99");
      expect(await refused("--output", `${file}2`, "--boundaries", file)).toContain("cannot be used as borders");
      if (database.kind === "sqlite") {
        expect(await refused("--output", database.location, "--overwrite")).toContain("would overwrite the database");
      }
      const before = statSync(file).size;
      writeFileSync(file, "");
      expect((await database.obcSync(["report", "--output", file, "--overwrite", "--quiet"])).stdout).toBe("");
      expect(Math.abs(statSync(file).size - before)).toBeLessThan(20);
    });
  },
  { stage: "example" },
);

onEveryDatabase("a report of the whole country", (database) => {
  it("has every figure of every region, province and municipality, in less than 3 MB", async () => {
    const figures = FIELDS.map((_, at) => `case when id % ${at + 7} = 0 then null else (id * ${at + 3}) % 1009 end`);
    await database.rows(
      `insert into obc_communities (barangay_id, ${FIELDS.join(", ")}) select id, ${figures.join(", ")} from barangays`,
    );
    expect((await database.obcSync(["sync", "--quiet"])).exitCode).toBe(0);
    const file = join(temporaryFolder(), "report.html");
    const { stdout } = await database.obcSync(["report", "--output", file, "--json"]);
    const { regions } = JSON.parse(stdout) as ReportDocument;
    const provinces = regions.flatMap(({ units }) => units);
    const levels = { r: regions, p: provinces, m: provinces.flatMap(({ units }) => units) };
    // Straight from the communities: nothing is manual or archived here.
    for (const [alias, units] of Object.entries(levels)) {
      const summed = await database.rows<{ code: string }>(
        `select ${alias}.code, count(*) as total_obc_communities, ${FIELDS.map((field) => `sum(c.${field}) as ${field}`).join(", ")}
           from obc_communities c join barangays b on b.id = c.barangay_id join municipalities m on m.id = b.municipality_id
           join provinces p on p.id = m.province_id join regions r on r.id = p.region_id
          group by ${alias}.code order by ${alias}.code`,
      );
      // A coverage has 0 where no community has a figure.
      const expected = summed.map((row) => ({ code: row.code, ...withoutCode(row) }));
      expect(units.map(({ code, figures: shown }) => ({ code, ...shown }))).toEqual(expected);
    }
    expect(levels.m).toHaveLength(1655);
    expect(statSync(file).size).toBeLessThan(3_000_000);
  });
});

onEveryObcms("a report of OBCMS", (database) => {
  it("sums the population over communities, because the coverages leave it blank, before any migration", async () => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
    expect((await database.obcSync(["sync"])).exitCode).toBe(0);
    expect((await database.obcSync(["migrate", "--remove", "--yes"])).exitCode).toBe(0);
    const { totals, map } = await report(database.knex);
    const [plain] = await database.rows<{ population: number; households: number }>(
      `with counted as (select b.municipality_id, sum(c.estimated_obc_population) as population
          from communities_obc_community c join common_barangay b on b.id = c.barangay_id
         where not c.is_deleted group by b.municipality_id),
       units as (select m.province_id, sum(coalesce(v.estimated_obc_population, n.population)) as population
          from common_municipality m left join counted n on n.municipality_id = m.id
          left join communities_municipalitycoverage v on v.municipality_id = m.id
         where v.is_deleted is null or not v.is_deleted group by m.province_id)
       select sum(coalesce(p.estimated_obc_population, u.population)) as population, sum(p.households) as households
         from communities_provincecoverage p join units u on u.province_id = p.province_id where not p.is_deleted`,
    );
    expect(totals.fromCommunities).toEqual(["estimated_obc_population"]);
    expect(totals.figures.households).toBe(Number(plain?.households));
    expect(totals.figures.estimated_obc_population).toBe(Number(plain?.population));
    expect(map?.undrawn.length).toBeGreaterThan(0);
  });
});
