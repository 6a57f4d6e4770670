import { describe, expect, it } from "vitest";
import type { MigrateReport } from "../../../src/core/runs/migrate-report.ts";
import { rendered } from "../../helpers/reports.ts";

function report(found: Partial<MigrateReport>): MigrateReport {
  return {
    command: "migrate",
    database: "obc.db",
    schema: "native",
    statusOnly: false,
    applied: [],
    pending: [],
    missingIndexes: [],
    citus: null,
    ...found,
  };
}

describe("the text of a migration", () => {
  it("lists the migrations that were run", () => {
    expect(rendered(report({ applied: ["0001_tables"] }))).toBe("Migrated obc.db\n  ✓ 0001_tables\n");
  });

  it("states that there was nothing to run", () => {
    expect(rendered(report({}))).toBe("Database obc.db is up to date.\n");
  });

  it("with --status lists pending migrations and the command to type", () => {
    expect(rendered(report({ statusOnly: true, applied: ["0001_tables"], pending: ["0002_bookkeeping"] }))).toBe(
      "Database obc.db, schema native\n  ✓ 0001_tables\n  · 0002_bookkeeping (pending)\nRun: obc-sync migrate\n",
    );
  });

  it("is empty with --quiet", () => {
    expect(rendered(report({ applied: ["0001_tables"] }), "text", { quiet: true })).toBe("");
  });
});
