import { html, type Markup, type Part } from "./html.ts";

/** A part of a page with a heading of its own. */
export interface Chapter {
  id: string;
  heading: string;
  content: Part;
}

/** What a page is about, under its title. */
export function factsList(facts: ReadonlyArray<readonly [name: string, value: Part]>): Markup {
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Links to the chapters. @param label for screen readers */
export function contentsOf(label: string, chapters: readonly Chapter[]): Markup {
  return html`<nav class="contents" aria-label="${label}"><ul>${chapters.map(
    ({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`,
  )}</ul></nav>`;
}

export function chapterSections(chapters: readonly Chapter[]): Part {
  return chapters.map(
    ({
      id,
      heading,
      content,
    }) => html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>
${content}</section>
`,
  );
}
