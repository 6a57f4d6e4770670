/** Every operation that writes is one run, with exactly the values that differ between the states before and after it. */
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type ShownRun } from "../../helpers/documents.ts";
import { written } from "../../helpers/temporary-folder.ts";
import { countsOf, differences, unitStates } from "../../helpers/unit-changes.ts";
import {
  type Act,
  both,
  cli,
  DAMULOG,
  importing,
  LINES,
  OPERATIONS,
  type Operation,
  prepare,
  raise,
} from "./operations.ts";

onEveryDatabase("the run of every operation", (database) => {
  const runIds = async () =>
    (await database.rows<{ id: number }>("select id from obc_sync_runs order by id")).map(({ id }) => id);

  it.each(Object.keys(OPERATIONS))("has what it changed, and no more: %s", async (name) => {
    const { command, before, act, changesNothing = false } = OPERATIONS[name] as Operation;
    await prepare(database, before);
    const [runs, was] = [await runIds(), await unitStates(database)];
    await act(database);
    const changes = differences(was, await unitStates(database));
    expect(changes.length === 0).toBe(changesNothing);

    const id = (runs.at(-1) ?? 0) + 1;
    expect(await runIds()).toEqual([...runs, id]);
    const shown = documentOf<ShownRun>(await database.obcSync(["history", "show", String(id), "--json"]));
    expect(shown.run).toMatchObject({ id, command, counts: countsOf(changes) });
    const values = shown.changes.map(({ level, code, action, fields }) => ({ level, code, action, fields }));
    expect(values).toEqual(changes);
  });

  const DRY: Record<string, Act> = {
    "sync --dry-run": both(raise, cli("sync", "--dry-run")),
    "sync --changed --dry-run": both(raise, cli("sync", "--changed", "--dry-run")),
    "import --dry-run": importing(LINES, "--dry-run"),
    "revert --dry-run": cli("revert", "--last", "--dry-run"),
    perf: cli("perf", "--runs", "1"),
    verify: cli("verify"),
    "history prune": cli("history", "prune", "--older-than", "1d"),
    "sync --changed without an entry": cli("sync", "--changed"),
    "syncChanged without an entry": ({ knex }) => library.syncChanged(knex),
    "an import of bad rows": async (database) => {
      const file = written("list.csv", "barangay_code,households", "1001302001,many", "1001302002,3");
      expect((await database.obcSync(["import", "communities", file])).exitCode).toBe(3);
    },
    "what is refused": async (database) => {
      for (const args of [
        ["community", "add", "1001302001", "households=3"],
        ["coverage", "set", DAMULOG, "households=3"],
        ["revert", "99"],
      ]) {
        expect((await database.obcSync(args)).exitCode, args.join(" ")).toBe(1);
      }
    },
    "operations in a transaction that is rolled back": async ({ knex }) => {
      const attempt = knex.transaction(async (transaction) => {
        await library.updateCommunity(transaction, "1001302001", { households: 3 });
        await library.sync(transaction);
        await library.revert(transaction, { run: "last" });
        expect(await library.history(transaction)).toMatchObject({ runs: { length: 4 } });
        throw new Error("on purpose");
      });
      await expect(attempt).rejects.toThrow("on purpose");
    },
  };

  it.each(Object.keys(DRY))("is not there for %s", async (name) => {
    await prepare(database);
    const before = await runIds();
    await (DRY[name] as Act)(database);
    expect(await runIds()).toEqual(before);
    expect(await database.rows("select distinct run_id from obc_sync_run_values")).toEqual([{ run_id: before.at(-1) }]);
  });

  it("of a watch is a sync", async () => {
    await prepare(database);
    const was = await unitStates(database);
    const stop = new AbortController();
    const synced = new Promise<void>((resolve) => {
      const onEvent = (event: library.WatchEvent) => {
        if (event.kind === "started") void raise(database);
        if (event.kind === "synced") resolve();
      };
      void library.watch(database.knex, { signal: stop.signal, onEvent, actor: "the watch" });
    });
    await synced;
    stop.abort();
    const changes = differences(was, await unitStates(database)).filter(({ level }) => level !== "community");
    const { run, changes: kept } = await library.showRun(database.knex, (await runIds()).at(-1) as number);
    expect(run).toMatchObject({ command: "sync", actor: "the watch", counts: countsOf(changes) });
    expect(kept.map(({ level, code, action, fields }) => ({ level, code, action, fields }))).toEqual(changes);
  });
});
