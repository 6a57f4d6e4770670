/** What a failing run must not say: a password, or a value of a row. Its error ends up in logs. */
import { beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { addCommunity, digest } from "../helpers/plain-sql.ts";
import { written } from "../helpers/temporary-folder.ts";

const ALUDAS = "1001302001";
const SECRET = "Malayang-Salaysay";
const FIGURE = "48151";

onEveryDatabase("the error of a run that fails", (database) => {
  const password = () => (database.kind === "postgres" ? new URL(database.location).password : "no password");

  beforeEach(async () => {
    await addCommunity(database, ALUDAS, { households: Number(FIGURE) });
    await database.rows(`update obc_communities set notes = '${SECRET}'`);
    await database.obcSync(["sync"]);
    await database.obcSync(["community", "set", ALUDAS, "notes=", "households=1"]);
    await database.obcSync(["community", "remove", ALUDAS, "--yes"]);
  });

  /** From now on the database refuses rows with these values, wherever they come from. */
  async function refuseValues(table: string, condition: string): Promise<void> {
    if (database.kind === "postgres") {
      await database.rows(`alter table ${table} add constraint others_rule check (${condition}) not valid`);
      return;
    }
    for (const event of ["insert", "update"]) {
      const columns = condition.replaceAll(/\b(notes|households)\b/g, "new.$1");
      await database.rows(
        `create trigger others_rule_${event} before ${event} on ${table} when not (${columns})
           begin select raise(abort, 'others_rule'); end`,
      );
    }
  }

  const file = () => written("list.csv", "barangay_code,households,notes", `${ALUDAS},${FIGURE},${SECRET}`);

  const NO_SECRET = `notes is null or notes <> '${SECRET}'`;

  it.each([
    { table: "obc_communities", takes: NO_SECRET, args: () => ["import", "communities", file()] },
    {
      table: "municipality_coverages",
      takes: `households <> ${FIGURE}`,
      args: () => ["import", "communities", file()],
    },
    { table: "obc_communities", takes: NO_SECRET, args: () => ["community", "add", ALUDAS, `notes=${SECRET}`] },
    { table: "obc_communities", takes: "households <> 1", args: () => ["revert", "--last"] },
    { table: "obc_communities", takes: NO_SECRET, removed: false, args: () => ["revert", "2"] },
  ])("has none, where $table takes only $takes", async ({ table, takes, removed = true, args }) => {
    if (!removed) await database.obcSync(["revert", "3"]);
    await refuseValues(table, takes);
    const before = await digest(database);
    const command = args();
    for (const flags of [[], ["--json"], ["--quiet"]]) {
      const { stdout, stderr, exitCode } = await database.obcSync([...command, ...flags]);
      const said = stdout + stderr;
      expect(exitCode, said).toBe(1);
      expect(said).toContain("others_rule");
      for (const secret of [SECRET, FIGURE, password()]) expect(said).not.toContain(secret);
    }
    expect(await digest(database)).toBe(before);
  });
});
