import { expect, it } from "vitest";
import { type Reversal, revertedRuns } from "../../../src/core/reverts/reverted-runs.ts";

const reverted = (...reversals: Array<[id: number, reverts: number]>) =>
  [...revertedRuns(reversals.map(([id, reverts]): Reversal => ({ id, reverts })).reverse())].sort();

it("a run is taken back by a revert, unless that is taken back itself", () => {
  expect(reverted()).toEqual([]);
  expect(reverted([2, 1])).toEqual([1]);
  expect(reverted([2, 1], [3, 2])).toEqual([2]);
  expect(reverted([2, 1], [3, 2], [4, 3])).toEqual([1, 3]);
  expect(reverted([2, 1], [3, 2], [4, 1])).toEqual([1, 2]);
});
