import { type CheckResult, countFindings } from "../../../core/diagnosis/analysis.ts";
import { grouped } from "../../../core/grouped.ts";
import { count } from "../figures.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import type { Texts } from "../texts/texts.ts";

/** What the checks found, the most severe first. The texts of a check are in English. */
export function findingsSection(checks: readonly CheckResult[], texts: Texts): Markup {
  const { findings } = texts;
  const found = checks.filter((check) => check.count > 0);
  if (found.length === 0) return html`<p>${findings.none}</p>`;
  const counts = (["error", "warning", "info"] as const).map((severity) => grouped(countFindings(checks, severity)));
  const [errors = "", warnings = "", notes = ""] = counts;
  const clean = checks.length - found.length;
  return html`<p>${findings.intro(errors, warnings, notes)}</p>
${found.map((check) => finding(check, texts))}${
  clean === 0 ? NOTHING : html`<p class="note">${findings.clean(count(clean) as string)}</p>`
}`;
}

function finding({ id, severity, title, why, count: all, findings }: CheckResult, texts: Texts): Markup {
  const words = texts.findings;
  return html`<div class="finding"><h3><span class="severity ${severity}">${words.severities[severity]}</span><span lang="en">${title}</span>: ${grouped(all)}</h3>
<p lang="en">${why}</p>${
    findings.length === 0
      ? NOTHING
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><caption class="vh">${title}</caption><thead><tr><th scope="col">${words.unit}</th><th scope="col">${words.figures}</th><th scope="col">${words.remedy}</th></tr></thead><tbody>${findings.map(
          ({ code, name, figures, remedy }) =>
            html`<tr><th scope="row">${name}<span class="code">${code}</span></th><td>${figureList(figures)}</td><td><code>${remedy}</code></td></tr>
`,
        )}</tbody></table></div>`
  }${all > findings.length ? html`<p class="note">${words.more(grouped(all), id)}</p>` : NOTHING}</div>`;
}

function figureList(figures: CheckResult["findings"][number]["figures"]): string {
  return Object.entries(figures)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === "number" && !name.endsWith("_id") ? grouped(value) : value}`)
    .join(", ");
}
