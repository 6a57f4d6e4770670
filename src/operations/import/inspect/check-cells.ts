import { NOT_AVAILABLE, parseImportRow } from "../../../core/rows/import-row.ts";
import { nativeSchema } from "../../../db/schema/native.ts";
import { throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import type { InputFile } from "../../../files/open-file.ts";
import type { CommunityFile, CommunityFileOptions } from "../../shared/import/community-file.ts";
import { readingProgress } from "../../shared/import/reading-progress.ts";
import type { StagedFile } from "../../shared/import/staged-file.ts";
import { type OperationOptions, sayNothing } from "../../shared/options.ts";
import type { Checker } from "./table-profiles.ts";

/** A checker for a file without a database: of what a row says by itself. */
export function cellChecker(
  { mayBeShort }: CommunityFile,
  { notAvailable = NOT_AVAILABLE }: Pick<CommunityFileOptions, "notAvailable">,
): Checker {
  const { codes, texts } = nativeSchema;
  const rules = {
    mayBeShort,
    codes,
    texts,
    notAvailable: new Set(notAvailable.map((text) => text.trim().toLowerCase())),
  };
  return {
    startOver() {},
    finish: () => [],
    check(source, header) {
      const { row, code, around, values, findings } = parseImportRow(source, header, rules);
      return { row, position: -1, code: code ?? "", around, values, findings, warnings: [], passed: null };
    },
  };
}

/** Checks the cells of all rows. */
export async function checkCells(
  communities: CommunityFile,
  staged: StagedFile,
  { file, progress = sayNothing, signal }: { file: InputFile } & OperationOptions,
): Promise<void> {
  const say = readingProgress(file.name, communities.position, progress);
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    for (const source of batch) {
      const { findings, values } = staged.checker.check(source, communities.header());
      staged.rows += 1;
      staged.rejects.add(findings);
      if (findings.length === 0 && values.every((value) => value === null)) staged.withoutValues += 1;
    }
    say(staged.rows);
  }
}
