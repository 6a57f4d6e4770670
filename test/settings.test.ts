import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings.ts";

describe("settings", () => {
  it("have defaults", () => {
    expect(readSettings({}, {})).toEqual({ database: "./obc.sqlite3", lockTimeoutMs: 10_000, curatedFields: [] });
  });

  it("take the database from the flag, then OBC_SYNC_DATABASE, then DATABASE_URL", () => {
    const environment = { OBC_SYNC_DATABASE: "b", DATABASE_URL: "c" };
    expect(readSettings({ database: "a" }, environment).database).toBe("a");
    expect(readSettings({}, environment).database).toBe("b");
    expect(readSettings({}, { ...environment, OBC_SYNC_DATABASE: "" }).database).toBe("c");
  });

  it("take the lock timeout and the curated fields from the flag, then the environment", () => {
    const environment = { OBC_SYNC_LOCK_TIMEOUT: "1.5", OBC_SYNC_CURATED_FIELDS: "households, families," };
    expect(readSettings({}, environment)).toMatchObject({ lockTimeoutMs: 1500 });
    expect(readSettings({}, environment).curatedFields).toEqual(["households", "families"]);
    expect(readSettings({ lockTimeout: "0", curated: "" }, environment)).toMatchObject({
      lockTimeoutMs: 0,
      curatedFields: [],
    });
  });

  it.each(["-1", "soon", "", " ", "0x10", "1e3", "Infinity"])("refuse a lock timeout of %j", (lockTimeout) => {
    expect(() => readSettings({ lockTimeout }, {})).toThrow(`--lock-timeout "${lockTimeout}"`);
  });

  it("refuse a curated field that does not exist", () => {
    expect(() => readSettings({ curated: "house_holds" }, {})).toThrow("--curated: unknown field house_holds");
  });
});
