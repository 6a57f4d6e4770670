/**
 * Random operations of every kind, then each is taken back in turn, from the last to the first: every earlier state returns.
 * REVERTS=300 sets the number of operations.
 */
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { randomOperations } from "./random-operations.ts";

const OPERATIONS = Number(process.env.REVERTS ?? 40);

/** Every row of every table that a run changes, without the times. */
async function stateOf(database: TestDatabase): Promise<unknown> {
  const state: Record<string, unknown> = {};
  for (const [table, key] of [
    ["obc_communities", "barangay_id"],
    ["municipality_coverages", "municipality_id"],
    ["province_coverages", "province_id"],
  ] as const) {
    const stored = await database.rows(`select * from ${table} order by ${key}`);
    state[table] = stored.map(({ created_at, updated_at, deleted_at, ...row }) => ({
      ...row,
      hasDate: deleted_at !== null,
    }));
  }
  return state;
}

onEveryDatabase("reverting every run in turn", (database) => {
  it(`brings back every state of ${OPERATIONS} operations, and verify agrees with each`, async () => {
    const seed = Number(process.env.REVERTS_SEED ?? Date.now() % 1_000_000);
    const isClean = async () => (await library.verify(database.knex)).drift.length === 0;
    const newestRun = async () => (await library.history(database.knex, { limit: 1 })).runs[0]?.id ?? 0;
    const states: Array<{ run: number; state: unknown; clean: boolean }> = [];
    for (const operation of randomOperations(OPERATIONS, seed)) {
      const before = { run: await newestRun(), state: await stateOf(database), clean: await isClean() };
      await operation(database).catch((error: unknown) => {
        if (!(error instanceof library.UnitError)) throw error;
      });
      if ((await newestRun()) > before.run) states.push(before);
    }
    const last = await newestRun();
    const changed = new Map<number, boolean>();
    for (const { id, counts } of (await library.history(database.knex, { limit: 10_000 })).runs) {
      changed.set(
        id,
        Object.values(counts).some(({ created, updated, removed }) => created + updated + removed > 0),
      );
    }
    let run = last;
    for (const { run: above, state, clean } of states.reverse()) {
      for (; run > above; run -= 1) if (changed.get(run)) await library.revert(database.knex, { run });
      expect(await stateOf(database), `seed ${seed}, after the revert of run ${run + 1}`).toEqual(state);
      expect(await isClean(), `seed ${seed}, verify after the revert of run ${run + 1}`).toBe(clean);
      expect(clean).toBe(true);
    }
    expect(await database.rows("select * from obc_communities")).toEqual([]);
  });
});
