/** obc-sync beside the owner of OBCMS's tables, with the account of docs/obcms-role.sql. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onServer } from "../../helpers/database-templates.ts";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { makeObcms } from "../../helpers/obcms/make-obcms.ts";
import { projectFolder } from "../../helpers/project.ts";
import { runCli } from "../../helpers/run-cli.ts";

describe("the accounts of OBCMS and of obc-sync", () => {
  const database = useDatabase("postgres", { stage: "empty" });
  const role = `obc_sync_role_${process.pid}`;
  const owner = `obcms_owner_${process.pid}`;

  beforeEach(async () => {
    await makeObcms(database);
    const script = readFileSync(join(projectFolder, "docs/obcms-role.sql"), "utf8");
    await onServer(database.location, script.replaceAll(":role", role));
    await database.rows(`create role ${owner} login`);
    for (const account of [role, owner]) await database.rows(`alter role ${account} password 'secret'`);
    for (const { name } of await database.rows<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    )) {
      await database.rows(`alter table ${name} owner to ${owner}`);
    }
    await database.rows(`grant create on schema public to ${owner}`);
  });
  afterEach(async () => {
    await database.rows(`drop owned by ${role}, ${owner} cascade`);
    await database.rows(`drop role ${role}, ${owner}`);
  });

  const urlOf = (account: string) => {
    const url = new URL(database.location);
    url.username = account;
    url.password = "secret";
    return url.toString();
  };
  const run = (account: string, ...args: string[]) => runCli(args, { database: urlOf(account) });
  const ownObjects = () =>
    database.rows<{ name: string }>(
      `select relname as name from pg_class where relname like 'obc\\_sync\\_%'
       union all select proname from pg_proc where proname like 'obc\\_sync\\_%' order by 1`,
    );

  it("remove together what they have set up together", async () => {
    const migrated = await run(role, "migrate", "--json");
    const { missingIndexes } = documentOf<{ missingIndexes: string[] }>(migrated);
    expect(missingIndexes).toHaveLength(2);
    for (const statement of missingIndexes) await onServer(urlOf(owner), statement);

    const before = await ownObjects();
    const refused = await run(owner, "migrate", "--remove", "--yes", "--json");
    expect(refused.exitCode).toBe(1);
    expect(documentOf<ErrorDocument>(refused).error).toMatchObject({
      code: "DATABASE_ACCESS_DENIED",
      message: `the tables of obc-sync belong to the account ${role}, with which it was set up`,
      hint: expect.stringContaining(`the account ${role}`),
    });
    expect(await ownObjects()).toEqual(before);

    const { exitCode, stdout, stderr } = await run(role, "migrate", "--remove", "--yes");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const left = [...stdout.matchAll(/As that account, run: (.*;)\n/g)].map(([, statement]) => String(statement));
    expect(left).toEqual([
      "drop index obc_sync_archived_communities;",
      "drop index obc_sync_barangays_municipality_id_name;",
    ]);
    for (const statement of left) await onServer(urlOf(owner), statement);
    expect(await ownObjects()).toEqual([]);
  });

  it("put back triggers that the other has dropped or disabled, given the rights of migrate", async () => {
    await run(role, "migrate");
    const drop = "drop trigger obc_sync_communities_insert on communities_obc_community";
    const disable = "alter table communities_obc_community disable trigger obc_sync_communities_delete";
    for (const statement of [drop, disable]) await onServer(urlOf(owner), statement);
    await database.rows(`revoke create on schema public from ${role}`);
    const refused = documentOf<ErrorDocument>(await run(role, "sync", "--changed", "--json"));
    expect(refused.error).toMatchObject({
      code: "DATABASE_ACCESS_DENIED",
      hint: expect.stringContaining(`(${role}), which needs TRIGGER on the tables and CREATE on their schema`),
    });
    await database.rows(`grant create on schema public to ${role}`);
    const { repaired } = documentOf<{ repaired: Array<{ problem: string }> }>(
      await run(role, "sync", "--changed", "--json"),
    );
    expect(repaired.map(({ problem }) => problem)).toEqual(["disabled", "missing"]);
  });
});
