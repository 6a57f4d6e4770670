/** The accounts of docs/native-role.sql: what each may do, and what it may not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onServer } from "../helpers/database-templates.ts";
import { useDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../helpers/documents.ts";
import { fixture, projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

describe("the accounts of docs/native-role.sql", () => {
  const database = useDatabase("postgres", { stage: "empty" });
  const [role, reader] = [`obc_sync_role_${process.pid}`, `obc_sync_reader_${process.pid}`];

  beforeEach(async () => {
    const script = readFileSync(join(projectFolder, "docs/native-role.sql"), "utf8");
    await onServer(database.location, script.replaceAll(":role", role).replaceAll(":reader", reader));
    for (const account of [role, reader]) await database.rows(`alter role ${account} password 'secret'`);
  });
  afterEach(async () => {
    for (const account of [reader, role]) await database.rows(`drop owned by ${account} cascade`);
    await database.rows(`drop role ${role}, ${reader}`);
  });

  const run = (account: string, ...args: string[]) => {
    const url = Object.assign(new URL(database.location), { username: account, password: "secret" });
    return runCli(args, { database: url.toString() });
  };

  it("are enough for everything, and for everything that reads", async () => {
    for (const args of [
      ["migrate"],
      ["import", "geography"],
      ["import", "communities", fixture("communities.csv")],
      ["sync", "--changed"],
      ["community", "set", "Aludas, Damulog", "households=120"],
    ]) {
      expect(await run(role, ...args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
    }
    for (const args of [
      ["status", "--verify", "--max-age", "1"],
      ["verify"],
      ["analyze"],
      ["sync", "--dry-run"],
      ["sync", "--changed", "--dry-run"],
      ["history"],
      ["export", "coverages", "--quiet"],
      ["migrate", "--status"],
    ]) {
      expect(await run(reader, ...args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
    }
    for (const args of [["sync"], ["community", "archive", "Aludas, Damulog"]]) {
      const refused = await run(reader, ...args, "--json");
      expect(documentOf<ErrorDocument>(refused).error, args.join(" ")).toMatchObject({
        code: "DATABASE_ACCESS_DENIED",
      });
    }
  });
});
