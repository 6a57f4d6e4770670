import { describe, expect, it } from "vitest";
import { DatabaseError, UsageError } from "../../src/core/errors.ts";
import { renderError } from "../../src/render/error.ts";
import { renderReport } from "../../src/render/render.ts";
import { CHANGES, PLAIN, rendered, syncReport } from "../helpers/reports.ts";

describe("an error", () => {
  const known = new UsageError('no flag "--al"', "Did you mean --all?");

  it("that is known is shown with its message and what to do next", () => {
    expect(renderError(known, "text", false)).toBe('error: no flag "--al"\nhint:  Did you mean --all?\n');
  });

  it("is one document in JSON", () => {
    expect(JSON.parse(renderError(known, "json", false))).toEqual({
      formatVersion: 1,
      error: { code: "USAGE", message: 'no flag "--al"', hint: "Did you mean --all?" },
    });
  });

  it("that is not known keeps its stack, and asks for a report", () => {
    const text = renderError(new TypeError("x is not a function"), "text", false);
    expect(text).toMatch(/^error: TypeError: x is not a function\n +at .*\n/);
    expect(text).toContain("Please report it");
    expect(JSON.parse(renderError("thrown text", "json", false)).error).toMatchObject({
      code: "INTERNAL",
      message: "thrown text",
    });
  });

  it.each([
    "postgres://ana:s3cret@db.example/obc",
    "postgresql://ana:s3:c@ret@db.example/obc",
    "postgres://ana:s3/c@ret@db.example/obc",
  ])("hides the password of %s", (url) => {
    for (const error of [
      new DatabaseError("DATABASE_UNREACHABLE", `cannot open ${url}`, ""),
      new Error(`cannot open ${url}`),
    ]) {
      for (const format of ["text", "json"] as const) {
        const text = renderError(error, format, false);
        expect(text).toContain("://ana@db.example/obc");
        expect(text).not.toMatch(/s3|c@ret/);
      }
    }
  });
});

it("an error that quotes a megabyte of a file is rendered at once", () => {
  for (const quoted of ["x".repeat(1_000_000), "x://a:".repeat(200_000), `${"://".repeat(300_000)}@`]) {
    expect(renderError(new Error(quoted), "json", false)).toContain(quoted.slice(0, 100));
  }
});

describe("a report", () => {
  it("is coloured only on request", () => {
    const render = (color: boolean) =>
      [...renderReport(syncReport({ changes: CHANGES }), "text", { ...PLAIN, color })].join("");
    expect(render(true)).toContain("\u001b[");
    expect(render(false)).not.toContain("\u001b[");
  });

  it("of thousands of lines is returned in chunks that add up to all lines", () => {
    const changes = Array.from({ length: 2500 }, () => CHANGES[0] as (typeof CHANGES)[number]);
    const report = syncReport({ changes });
    const options = { ...PLAIN, details: true };
    // A heading and three fields for each change.
    expect([...renderReport(report, "text", options)]).toHaveLength(11);
    expect(rendered(report, "text", options).split("+ Created: Baungon")).toHaveLength(2501);
  });
});
