/** What verify, analyze and perf say on the tables of OBCMS. */
import { beforeEach, expect, it } from "vitest";
import { documentOf } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";

interface AnalyzeDocument {
  empty: boolean;
  checks: Array<{ id: string; findings: Array<{ code: string; remedy: string }> }>;
}

interface FiguresDocument {
  checks: Array<{
    findings: Array<{ code: string; name: string; figures: Record<string, number | string | null>; remedy: string }>;
  }>;
}

const STORED_AND_EXPECTED = ["total_obc_communities", "estimated_obc_population"].flatMap((column) => [
  `stored_${column}`,
  column,
]);

onEveryObcms("the diagnosis of OBCMS", (database) => {
  beforeEach(async () => {
    await database.obcSync(["migrate"]);
  });

  const remedies = async (check: string) => {
    const result = await database.obcSync(["analyze", "--check", check, "--sample", "50", "--json"]);
    const { checks } = documentOf<AnalyzeDocument>(result);
    return new Map(checks.flatMap(({ findings }) => findings.map(({ code, remedy }) => [code, remedy])));
  };
  const runs = async (remedy: string | undefined) => {
    const { exitCode, stderr } = await database.obcSync((remedy ?? "").replace(/^obc-sync /, "").split(" "));
    return exitCode === 0 ? "" : stderr;
  };

  const findings = async (check: string) => {
    const result = await database.obcSync(["analyze", "--check", check, "--sample", "50", "--json"]);
    return documentOf<FiguresDocument>(result).checks[0]?.findings ?? [];
  };
  const ofMunicipality = (name: string) => `(select id from common_municipality where name = '${name}')`;

  it("names remedies that work there", async () => {
    const archived = await remedies("archived-coverage");
    expect(archived.get("BUKIDNON_KALILANGAN")).toBe(
      "obc-sync coverage restore BUKIDNON_KALILANGAN --level municipality",
    );
    expect(await runs(archived.get("BUKIDNON_KALILANGAN"))).toBe("");
    const missing = await remedies("missing-coverage");
    expect(missing.get("BUKIDNON_BAUNGON")).toBe("obc-sync sync --municipality BUKIDNON_BAUNGON");
    expect(await runs(missing.get("BUKIDNON_BAUNGON"))).toBe("");
    const communities = await remedies("archived-communities");
    for (const [code, remedy] of [...communities].slice(0, 2)) {
      expect(remedy).toBe(`obc-sync community restore ${code}`);
      expect(await runs(remedy)).toBe("");
    }
    expect((await remedies("manual-coverage")).get("BUKIDNON_CABANGLASAN")).toBe(
      "obc-sync coverage auto BUKIDNON_CABANGLASAN --level municipality",
    );
    await database.rows("update communities_obc_community set notes = 'x', families = null");
    expect((await remedies("blank-fields")).get("X")).toBe(
      "obc-sync import communities --template region-X.csv --region X",
    );
  });

  it("compares households, and the population of communities, where coverages have none", async () => {
    const jumps = () => findings("suspicious-jumps");
    const damulog = `from communities_obc_community c join common_barangay b on b.id = c.barangay_id
       join common_municipality m on m.id = b.municipality_id where m.code = 'BUKIDNON_DAMULOG' and not c.is_deleted`;
    const [sums] = await database.rows<{ people: number; households: number }>(
      `select sum(estimated_obc_population) as people, sum(households) as households ${damulog}`,
    );
    const aludas = "barangay_id = (select id from common_barangay where code = 'BUKIDNON_DAMULOG_ALUDAS')";
    const [before] = await database.rows<{ people: number; households: number }>(
      `select estimated_obc_population as people, households from communities_obc_community where ${aludas}`,
    );
    await database.obcSync(["sync"]);
    // The coverages were wrong before.
    await database.rows("delete from obc_sync_run_values");
    expect(await jumps()).toEqual([]);

    // As Django would write it.
    await database.rows(`update communities_obc_community set households = 900 where ${aludas}`);
    const level = "municipality";
    const ofHouseholds = {
      ...{ level, population_at_last_sync: null, population_now: null },
      ...{ households_at_last_sync: Number(sums?.households) },
      ...{ households_now: Number(sums?.households) - Number(before?.households) + 900 },
    };
    const show = { remedy: "obc-sync coverage show BUKIDNON_DAMULOG --level municipality" };
    expect(await jumps()).toMatchObject([{ figures: { ...ofHouseholds, by_run: null }, ...show }]);
    await database.obcSync(["sync"]);
    const [found] = await jumps();
    expect(found).toMatchObject({
      figures: ofHouseholds,
      remedy: "obc-sync history --coverage BUKIDNON_DAMULOG --level municipality",
    });

    const stdin = "barangay_code,estimated_obc_population\nBUKIDNON_DAMULOG_ALUDAS,90000\n";
    expect((await database.obcSync(["import", "communities", "-"], { stdin })).exitCode).toBe(0);
    const people = Number(sums?.people);
    const ofPeople = (await jumps()).find(({ figures }) => figures.population_now !== null);
    expect(ofPeople).toMatchObject({
      code: "BUKIDNON_DAMULOG",
      figures: { level, population_at_last_sync: people, population_now: people - Number(before?.people) + 90_000 },
    });
    expect(ofPeople?.remedy).toBe(`obc-sync history show ${ofPeople?.figures.by_run}`);
    expect(await runs(ofPeople?.remedy)).toBe("");
  });

  it("names the figure beneath a unit that a sync leaves out", async () => {
    await database.obcSync(["sync"]);
    const household = (place: string, households: number) =>
      database.rows(
        `update communities_obc_community set households = ${households}
          where barangay_id = (select id from common_barangay where code = '${place}')`,
      );
    await household("BUKIDNON_DAMULOG_ALUDAS", 2_147_483_647);
    const leftOut = await database.obcSync(["sync"]);
    expect(leftOut.exitCode).toBe(2);
    expect(leftOut.stdout).toContain("Find it with: obc-sync analyze --check beyond-32-bits");
    const show = "obc-sync community show BUKIDNON_DAMULOG_ALUDAS";
    const figures = { level: "community", largest_figure: 2_147_483_647 };
    expect(await findings("beyond-32-bits")).toEqual([
      { code: "BUKIDNON_DAMULOG_ALUDAS", name: "Aludas", figures, remedy: show },
    ]);
    const stale = await findings("stale-coverage");
    const remedy = "obc-sync analyze --check beyond-32-bits";
    expect(stale.map((finding) => [finding.code, finding.remedy])).toEqual([
      ["BUKIDNON_DAMULOG", remedy],
      ["BUKIDNON", remedy],
    ]);
    // A sync leaves updated_at as it is.
    expect(Object.keys(stale[0]?.figures ?? {})).toEqual(["level", "differs_in", ...STORED_AND_EXPECTED]);

    await household("BUKIDNON_DAMULOG_ALUDAS", 3);
    await database.rows(
      `update communities_municipalitycoverage set households = 2147483647 where municipality_id = ${ofMunicipality("Cabanglasan")}`,
    );
    expect(await findings("beyond-32-bits")).toMatchObject([
      { code: "BUKIDNON_CABANGLASAN", figures: { level: "municipality", largest_figure: 2_147_483_647 } },
    ]);
  });

  it("agrees with verify and sync about units whose communities are archived", async () => {
    const missing = async () => (await findings("missing-coverage")).map(({ code }) => code);
    const verified = async () => {
      const { drift } = documentOf<{ drift: Array<{ code: string; kind: string }> }>(
        await database.obcSync(["verify", "--json"]),
      );
      return drift.filter(({ kind }) => kind === "missing").map(({ code }) => code);
    };
    expect((await missing()).toSorted()).toEqual((await verified()).toSorted());
    await database.obcSync(["sync"]);
    const without = await findings("coverage-without-communities");
    expect(without.map(({ code }) => code)).toEqual(["BUKIDNON_PANGANTUCAN"]);
    await database.rows(
      `delete from communities_municipalitycoverage where municipality_id = ${ofMunicipality("Don Carlos")}`,
    );
    expect([await missing(), await verified()]).toEqual([["BUKIDNON_DON_CARLOS"], ["BUKIDNON_DON_CARLOS"]]);
  });

  it("does not take a blank population for 0", async () => {
    const manual = (await findings("manual-coverage")).find(({ code }) => code === "LANAO_DEL_NORTE_MAIGO");
    const unknown = { unattributed: null, attribution_rate_percent: null };
    expect(manual?.figures).toMatchObject({ estimated_obc_population: null, ...unknown });
    const shown = await database.obcSync(["coverage", "show", "LANAO_DEL_NORTE_MAIGO", "--level", "municipality"]);
    expect(shown.stdout).toMatch(/estimated_obc_population +│ +- │ +51 │ +- │ +- │/);
  });

  it("does not offer an import of the geography for a place without a parent", async () => {
    if (database.kind === "sqlite") {
      await database.rows("pragma foreign_keys = off");
      await database.rows("update common_municipality set province_id = 99 where code = 'BUKIDNON_DAMULOG'");
      await database.rows("pragma foreign_keys = on");
    } else {
      await database.knex.transaction(async (transaction) => {
        await transaction.raw("set local session_replication_role = replica");
        await transaction.raw("update common_municipality set province_id = 99 where code = 'BUKIDNON_DAMULOG'");
      });
    }
    expect((await remedies("hierarchy-gaps")).get("BUKIDNON_DAMULOG")).toBe(
      "restore row 99 of common_province, or give province_id of common_municipality the id of another row of common_province",
    );
  });

  it("says in words that a database without communities and coverages is empty", async () => {
    for (const table of ["obc_community", "municipalitycoverage", "provincecoverage"]) {
      await database.rows(`delete from communities_${table}`);
    }
    const verified = await database.obcSync(["verify"]);
    const empty = "the database is empty: it has no communities and no coverages";
    expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining(`Nothing to verify: ${empty}`)]);
    expect(verified.stdout).not.toContain("agree");
    for (const format of ["junit", "github"]) {
      const { stdout } = await database.obcSync(["verify", "--format", format]);
      expect(stdout).toContain(`nothing to verify: ${empty}`);
    }
    const analyzed = await database.obcSync(["analyze"]);
    expect([analyzed.exitCode, analyzed.stdout]).toEqual([0, expect.stringContaining(`Nothing to check: ${empty}`)]);
    const documents = await Promise.all(["verify", "analyze"].map((name) => database.obcSync([name, "--json"])));
    expect(documents.map((result) => documentOf<{ empty: boolean }>(result).empty)).toEqual([true, true]);
    for (const table of ["barangay", "municipality", "province", "region"]) {
      await database.rows(`delete from common_${table}`);
    }
    const { exitCode, stderr } = await database.obcSync(["verify"]);
    expect([exitCode, stderr]).toEqual([
      1,
      "error: the database has no geography yet\nhint:  Add the places in the application first: the table common_barangay is empty.\n",
    ]);
  });

  it("measures syncs by the codes of OBCMS", async () => {
    const result = await database.obcSync(["perf", "--runs", "1", "--json"]);
    const { scopes } = documentOf<{ scopes: Array<{ label: string; scope: { units: string[] } }> }>(result);
    expect([result.exitCode, scopes.find(({ label }) => label === "one municipality")?.scope.units]).toEqual([
      0,
      ["BUKIDNON_BAUNGON"],
    ]);
  });
});

onEveryObcms("the diagnosis of a database of OBCMS that has not been set up", (database) => {
  it("names remedies that set it up first", async () => {
    const remediesOf = async () => {
      const { checks } = documentOf<AnalyzeDocument>(await database.obcSync(["analyze", "--json"]));
      return new Map(checks.map(({ id, findings }) => [id, findings[0]?.remedy]));
    };
    const remedies = await remediesOf();
    expect(Object.fromEntries(remedies)).toMatchObject({
      "missing-coverage": "obc-sync migrate && obc-sync sync --municipality BUKIDNON_BAUNGON",
      "archived-coverage": "obc-sync migrate && obc-sync coverage restore BUKIDNON_KALILANGAN --level municipality",
      "disabled-triggers": "obc-sync migrate && obc-sync sync --changed",
      "last-sync": "obc-sync migrate && obc-sync sync",
    });
    expect((await database.obcSync(["verify"])).stdout).toContain("Fix with: obc-sync migrate && obc-sync sync");
    expect((await database.obcSync(["history"])).stdout).toContain("Nothing has run yet. Run: obc-sync migrate");
    for (const remedy of [remedies.get("archived-coverage"), remedies.get("disabled-triggers")]) {
      for (const command of String(remedy).split(" && ")) {
        const result = await database.obcSync(command.replace(/^obc-sync /, "").split(" "));
        expect(result, command).toMatchObject({ exitCode: 0, stderr: "" });
      }
    }
    expect((await remediesOf()).get("archived-coverage")).toMatch(/^obc-sync coverage/);
  });

  it("is that of watch, too", async () => {
    const { exitCode, stderr } = await database.startObcSync(["watch"]).result;
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error: the database has the tables of obcms, but obc-sync has not been set up on it\n");
  });
});
