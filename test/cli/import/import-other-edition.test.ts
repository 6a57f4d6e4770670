/** Files with older or newer PSGC codes, of a province that is in another region than in the database. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type SyncDocument } from "../../helpers/documents.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

interface Finding {
  row: number;
  column: string;
  code: string;
  value: string;
  kind: string;
  message: string;
}

interface ImportDocument {
  created: number;
  rejected: number;
  rejects: Finding[];
  warnings: Finding[];
}

/** A few units of PSA's edition of July 2025, with Sulu in Region IX. */
const EDITION_OF_JULY = [
  "10-digit PSGC,Name,Correspondence Code,Geographic Level,2020 Population",
  "0900000000,Region IX (Zamboanga Peninsula),,Reg,",
  "0906600000,Sulu,,Prov,",
  "0906602000,Jolo,,Mun,",
  "0906602001,Alat,,Bgy,",
  "0906602002,Asturias,,Bgy,",
  "1900000000,Bangsamoro Autonomous Region In Muslim Mindanao (BARMM),,Reg,",
  "1900700000,Basilan,,Prov,",
  "1900702000,City of Lamitan,,City,",
  "1900702001,Arco,,Bgy,",
];

function suite(database: TestDatabase, codes: { given: string; stored: string }, prepare: () => Promise<void>) {
  const [given, stored] = [codes.given, codes.stored];
  const run = async (stdin: string, ...flags: string[]) => {
    const result = await database.obcSync(["import", "communities", "-", "--json", ...flags], { stdin });
    return { exitCode: result.exitCode, ...documentOf<ImportDocument>(result) };
  };
  const communities = () =>
    database.rows(
      "select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
    );

  it("are matched to the barangay with the same eight digits, and each is listed", async () => {
    await prepare();
    const imported = await run(`barangay_code,households\n${given}02001,7\n${stored}02002,8\n`);
    expect(imported).toMatchObject({ exitCode: 0, created: 2, rejected: 0 });
    expect(imported.warnings).toEqual([
      {
        row: 2,
        column: "barangay_code",
        code: `${stored}02001`,
        value: `${given}02001`,
        kind: "recoded",
        message: `no barangay has this code; matched to ${stored}02001, whose code differs only in the region`,
      },
    ]);
    expect(await communities()).toEqual([
      { code: `${stored}02001`, households: 7 },
      { code: `${stored}02002`, households: 8 },
    ]);
    expect(await database.obcSync(["verify", "--quiet"])).toMatchObject({ exitCode: 0 });
  });

  it("are accepted with names that match, whatever the region in the row, and never with other names", async () => {
    await prepare();
    const header = "region,province,municipality,barangay,barangay_code,households";
    const fits = await run(`${header}\nARMM,SULU,Jolo,alat,${given}02001,7\nIX,Sulu,,,${given}02002,7\n`);
    expect(fits).toMatchObject({ exitCode: 0, created: 2, warnings: [{ row: 2 }, { row: 3 }] });
    expect(fits.warnings[0]?.message).toContain(`matched to ${stored}02001 Alat, Jolo, Sulu`);
    for (const names of ["ARMM,Sulu,Jolo,Asturias", "ARMM,Basilan,City of Lamitan,Arco", "ARMM,Sulu,Jolo,Allat"]) {
      const refused = await run(`${header}\n${names},${given}02001,9\n`);
      expect(refused).toMatchObject({ exitCode: 3, rejects: [{ kind: "code-unknown", code: `${given}02001` }] });
    }
  });

  it("reject a barangay that two rows identify by two codes as a duplicate", async () => {
    await prepare();
    const doubled = await run(`barangay_code,households\n${given}02001,7\n${stored}02001,8\n`);
    expect(doubled).toMatchObject({ exitCode: 3, rejected: 2, rejects: [{ kind: "doubled" }, { kind: "doubled" }] });
  });

  it("are also accepted for scopes, communities and coverages", async () => {
    await prepare();
    await run(`barangay_code,households\n${stored}02001,7\n`, "--no-sync");
    for (const flags of [
      ["--municipality", `${given}02000`],
      ["--municipality", `${given}02`],
      ["--province", `${given}00000`],
    ]) {
      const report = documentOf<SyncDocument>(await database.obcSync(["sync", "--json", "--dry-run", ...flags]));
      expect(report.changes.map(({ code }) => code)).toEqual([`${stored}02000`, `${stored}00000`]);
    }
    const shown = await database.obcSync(["community", "show", `${given}02001`, "--json"]);
    expect(documentOf(shown)).toMatchObject({ community: { code: `${stored}02001`, values: { households: 7 } } });
    const unknown = await database.obcSync(["community", "show", "1006602001", "--json"]);
    expect(documentOf<ErrorDocument>(unknown).error.code).toBe("UNIT_UNKNOWN");
  });
}

onEveryDatabase(
  "codes of an older edition",
  (database) =>
    suite(database, { given: "19066", stored: "09066" }, async () => {
      const path = join(temporaryFolder(), "PSGC.csv");
      writeFileSync(path, `${EDITION_OF_JULY.join("\n")}\n`);
      expect(await database.obcSync(["import", "geography", path])).toMatchObject({ exitCode: 0 });
    }),
  { stage: "migrated" },
);

onEveryDatabase("codes of a newer edition", (database) =>
  suite(database, { given: "09066", stored: "19066" }, async () => {}),
);
