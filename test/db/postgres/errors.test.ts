import { describe, expect, it } from "vitest";
import { errors } from "../../../src/db/postgres/errors.ts";
import { useDatabase } from "../../helpers/databases.ts";

describe("an error of PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "empty" });

  it.each([
    ["42501", "DATABASE_ACCESS_DENIED", "the account lacks a right in DB: the server's words"],
    ["53100", "DATABASE_FULL", "the server of DB: the server's words"],
    ["53200", "DATABASE_UNREACHABLE", "the server of DB cannot do it: the server's words"],
    ["53300", "DATABASE_UNREACHABLE", "no connection to DB: the server's words"],
    ["57014", "DATABASE_TIMEOUT", "the server of DB stopped a statement: the server's words"],
    ["57P03", "DATABASE_UNREACHABLE", "no connection to DB: the server's words"],
    ["58030", "DATABASE_UNREACHABLE", "the server of DB cannot do it: the server's words"],
  ])("of code %s is explained as %s", async (state, code, message) => {
    const error = await database
      .rows(`do $$ begin raise exception 'the server''s words' using errcode = '${state}'; end $$`)
      .catch((thrown: unknown) => thrown);
    expect(errors.explain(error, "DB")).toMatchObject({ code, message, hint: expect.stringMatching(/./) });
  });

  it("of Citus, where somebody has distributed the tables by hand, names the command that sets obc-sync up for it", () => {
    const citus = Object.assign(new Error("direct joins between distributed and local tables are not supported"), {
      code: "0A000",
    });
    expect(errors.explain(citus, "DB")).toMatchObject({
      code: "DATABASE_NOT_MIGRATED",
      hint: expect.stringContaining("obc-sync migrate --citus"),
    });
    expect(errors.explain(Object.assign(new Error("cannot alter a view"), { code: "0A000" }), "DB")).toBeNull();
  });
});
