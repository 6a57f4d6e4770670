/** Every operation is taken back, and its revert is taken back. */
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type RevertDocument } from "../../helpers/documents.ts";
import { countsOf, differences, type UnitStates, unitStates } from "../../helpers/unit-changes.ts";
import { OPERATIONS, type Operation, prepare } from "./operations.ts";

const REVERTIBLE = Object.entries(OPERATIONS).filter(([, { changesNothing }]) => !changesNothing);

onEveryDatabase("the revert of every operation", (database) => {
  const isInStep = async () => (await library.verify(database.knex)).drift.length === 0;
  const newest = async () => (await library.history(database.knex, { limit: 1 })).runs[0]?.id ?? 0;

  /** Reverts the newest run, and expects the report to be what differs. */
  async function revertNewest(): Promise<UnitStates> {
    const [run, was] = [await newest(), await unitStates(database)];
    const result = await database.obcSync(["revert", String(run), "--json"]);
    expect(result.exitCode, result.stdout).toBe(0);
    const report = documentOf<RevertDocument>(result);
    const is = await unitStates(database);
    const changes = differences(was, is);
    expect(report).toMatchObject({ dryRun: false, reverts: run, run: run + 1, overtaken: [] });
    expect(report.changes.map(({ level, code, action, fields }) => ({ level, code, action, fields }))).toEqual(changes);
    const recorded = (await library.showRun(database.knex, run + 1)).run;
    expect(recorded).toMatchObject({ command: "revert", reverts: run, counts: countsOf(changes) });
    return is;
  }

  it.each(REVERTIBLE.map(([name]) => name))(
    "brings back what was before, and its own revert what was after: %s",
    async (name) => {
      const { before, act } = OPERATIONS[name] as Operation;
      await prepare(database, before);
      const [was, wasInStep] = [await unitStates(database), await isInStep()];
      await act(database);
      const [is, isInStepAfter] = [await unitStates(database), await isInStep()];
      const flags = await database.rows<{ synced: number }>(
        "select distinct synced from obc_sync_run_values where run_id = ?",
        await newest(),
      );
      const isOfSync = flags.length === 1 && flags[0]?.synced === 1;
      const reverted = await revertNewest();
      // The revert of a sync brings its coverages back as they were. Every other revert is followed by a sync.
      if (wasInStep || isOfSync) expect(reverted).toEqual(was);
      else await expectSynced(reverted, was);
      const again = await revertNewest();
      if (isInStepAfter || isOfSync) expect(again).toEqual(is);
      else await expectSynced(again, is);
    },
  );

  /** Expects the communities to be as in another state, and the coverages as a sync leaves them. */
  async function expectSynced(state: UnitStates, other: UnitStates): Promise<void> {
    expect(await isInStep()).toBe(true);
    expect(differences(state, other).filter(({ level }) => level === "community")).toEqual([]);
  }
});
