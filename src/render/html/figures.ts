import { grouped, groupedFixed } from "../../core/grouped.ts";
import { html, type Markup } from "./html.ts";
import type { Texts } from "./texts/texts.ts";

/** A share in per cent with one decimal; null where there is no whole. 99.96 is not rounded to 100, nor 0.04 to 0. */
export function percent(part: number | null, whole: number | null): string | null {
  if (part === null || whole === null || whole === 0) return null;
  const share = (100 * part) / whole;
  if (part < whole && share > 99.9) return "99.9";
  if (part > 0 && share < 0.1) return "0.1";
  return groupedFixed(share, 1);
}

/** The same of a part that cannot exceed its whole: null where it does, because communities left the whole blank. */
export function share(part: number | null, whole: number | null): string | null {
  return (part ?? 0) > (whole ?? 0) ? null : percent(part, whole);
}

/** A quotient with one decimal; null where it has no meaning. */
export function quotient(part: number | null, whole: number | null): string | null {
  return part === null || whole === null || whole === 0 ? null : groupedFixed(part / whole, 1);
}

export function count(value: number | null): string | null {
  return value === null ? null : grouped(value);
}

/** A cell with a figure, or a dash that a screen reader reads as "no figure". */
export function figureCell(figure: string | null, texts: Texts): Markup {
  if (figure !== null) return html`<td class="n">${figure}</td>`;
  return html`<td class="n"><span aria-hidden="true">–</span><span class="vh">${texts.noFigure}</span></td>`;
}

/** A bar as long as a part of its cell. @param part 0 to 1 */
export function bar(part: number): Markup {
  const width = (100 * Math.min(Math.max(part, 0), 1)).toFixed(2);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${width}" height="8"/></svg>`;
}

/** "1 December 2026" */
export function dayOf(iso: string, { months }: Texts): string {
  const time = new Date(iso);
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}

/** "1 December 2026, 13:05 UTC" */
export function timeOf(iso: string, texts: Texts): string {
  return `${dayOf(iso, texts)}, ${iso.slice(11, 16)} UTC`;
}
