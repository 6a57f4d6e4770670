/** What signatures do not show: npm run check compares these with docs/api. */
import { expect, it } from "vitest";
import * as errors from "../../src/core/errors.ts";
import * as library from "../../src/index.ts";

it("every error class is exported", () => {
  expect(library).toMatchObject(errors);
});
