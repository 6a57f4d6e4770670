import { readBrokenTriggers } from "../../capture/broken-triggers.ts";
import type { Check } from "../check.ts";

export const disabledTriggers: Check = {
  id: "disabled-triggers",
  severity: "error",
  title: "Triggers of the change log that are missing, disabled or altered",
  why: "Changes may be missing from the log. sync --changed and watch put the triggers back, and sync everything.",
  async find({ session }) {
    const { dialect, schema } = session;
    const tables = new Map(dialect.capture.triggers(schema).map(({ name, table }) => [name, table]));
    const broken = await readBrokenTriggers(session);
    return broken.map(({ trigger, problem }) => ({
      code: trigger,
      name: tables.get(trigger) as string,
      state: problem,
    }));
  },
  remedy: () => "obc-sync sync --changed",
};
