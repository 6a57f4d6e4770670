import type { ImportHeader } from "../../../core/headings/import-header.ts";
import { ColumnProfiler } from "../../../core/import/column-profile.ts";
import type { InspectedTable } from "../../../core/import/inspect-report.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { placeOfRow, tableOfRow } from "../../../core/rows/sheet-rows.ts";
import type { CommunityFile } from "../../shared/import/community-file.ts";
import type { StagedFile } from "../../shared/import/staged-file.ts";

export type Checker = StagedFile["checker"];

interface TableProfile extends Pick<InspectedTable, "rows" | "firstRow" | "lastRow"> {
  profiler: ColumnProfiler;
}

/** Profiles the columns of the communities in each table of a file: a total is none of them. */
export class TableProfiles {
  readonly #file: CommunityFile;
  readonly #sheets: readonly string[] | null;
  readonly #profiles: TableProfile[];

  constructor(file: CommunityFile) {
    this.#file = file;
    this.#sheets = file.sheets?.read ?? null;
    this.#profiles = file
      .headers()
      .map(() => ({ rows: 0, firstRow: null, lastRow: null, profiler: new ColumnProfiler() }));
  }

  /** The checker, with its rows profiled as it checks them. */
  observing(checker: Checker): Checker {
    return {
      startOver: () => checker.startOver(),
      finish: () => checker.finish(),
      check: (source, header) => {
        const checked = checker.check(source, header);
        if (checked.passed === null) this.#add(source, header);
        return checked;
      },
    };
  }

  /** What the tables hold, when all rows have been checked. */
  tables(): InspectedTable[] {
    return this.#file.headers().map((header, table) => {
      const { profiler, ...counts } = this.#profiles[table] as TableProfile;
      return { headerRow: header.row, columns: profiler.profiles(header), ...counts };
    });
  }

  #add(source: SourceRow, header: ImportHeader): void {
    const profile = this.#profiles[tableOfRow(source.row, this.#sheets)];
    if (profile === undefined) return;
    const { row } = placeOfRow(source.row, this.#sheets);
    profile.profiler.add(source, header);
    profile.rows += 1;
    profile.firstRow ??= row;
    profile.lastRow = row;
  }
}
