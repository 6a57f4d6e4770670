/** The style sheet of every page: on a screen, light or dark, on a phone, and on paper (A4). */
export const STYLE = `
:root {
  --paper: #fcfbf8; --ink: #1c262c; --soft: #55626a; --rule: #d9d5ca; --panel: #f3f0e8; --accent: #0d5a5c;
  --accent-soft: #d3e8e2; --warn: #7a4b00; --bad: #9b1c1c; --good: #1b6141; --gold: #a9802a;
  --k1: #d5e9df; --k2: #a3d1c1; --k3: #63aba0; --k4: #2c7f7f; --k5: #0b4a52; --empty: #efece4; --hatch: #c9c3b4;
  --outside: #efece4; --serif: "Source Serif 4", "Noto Serif", Georgia, Cambria, "Times New Roman", serif;
  --sans: "Source Sans 3", "Noto Sans", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12181b; --ink: #e8e6df; --soft: #a5b0b5; --rule: #344046; --panel: #1b2429; --accent: #7fcfc3;
    --accent-soft: #1f4446; --warn: #f0c069; --bad: #ff9c93; --good: #86d6aa; --gold: #d0a850;
    --k1: #1d4447; --k2: #2b6868; --k3: #44938b; --k4: #78c1b1; --k5: #c4efdf; --empty: #232c30; --hatch: #57646a;
    --outside: #192124;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 var(--sans); }
main, .masthead, .colophon { max-width: 70rem; margin: 0 auto; padding: 0 1.5rem; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 9; }
code { font: .86em/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }

.masthead { padding-top: 2.25rem; }
.masthead::before { content: ""; display: block; border-top: 3px solid var(--accent); border-bottom: 1px solid var(--gold);
  height: 6px; margin-bottom: 1.25rem; }
.kicker { margin: 0; font-size: .82rem; letter-spacing: .12em; text-transform: uppercase; color: var(--accent); font-weight: 600; }
h1 { font-size: clamp(2.1rem, 6vw, 3.4rem); margin: .25rem 0 .2rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
.subtitle { margin: 0; font: italic 1.15rem/1.4 var(--serif); color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; margin: 1.2rem 0 0; padding: .8rem 0; border-top: 1px solid var(--rule);
  border-bottom: 1px solid var(--rule); font-size: .9rem; }
.facts dt { color: var(--soft); font-size: .78rem; letter-spacing: .04em; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.notice { border-left: 4px solid var(--gold); background: var(--panel); padding: .7rem 1rem; margin: 1.2rem 0 0; }
.notice.bad { border-color: var(--bad); }
.notice.good { border-color: var(--good); }
.contents { margin: 1rem 0 0; font-size: .9rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; list-style: none; margin: 0; padding: 0; }

section { margin: 2.8rem 0 0; }
h2 { font-size: 1.6rem; margin: 0 0 .9rem; padding-top: .55rem; border-top: 1px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 1.4rem 0 .5rem; }
.note { color: var(--soft); font-size: .86rem; margin: .7rem 0 0; max-width: 48rem; }

.keys { display: grid; grid-template-columns: repeat(4, 1fr); margin: 0; }
.keys > div { padding: .2rem 1.2rem; border-left: 1px solid var(--rule); min-width: 0; }
.keys > div:first-child { padding-left: 0; border-left: 0; }
.keys dt { font-weight: 600; }
.keys dd { margin: 0; color: var(--soft); font-size: .9rem; }
.keys .big { font: 600 clamp(1.9rem, 4vw, 2.7rem)/1.15 var(--serif); color: var(--accent); font-variant-numeric: lining-nums; }
@media screen and (max-width: 52rem) {
  .keys { grid-template-columns: repeat(2, 1fr); gap: 1.2rem 0; }
  .keys > div:nth-child(odd) { padding-left: 0; border-left: 0; }
}

.atlas { display: grid; grid-template-columns: minmax(0, 3fr) minmax(15rem, 2fr); gap: 1rem 2.5rem; align-items: start; }
@media screen and (max-width: 46rem) { .atlas { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0; }
.map { display: block; width: 100%; height: auto; max-height: 50rem; }
.map path { stroke: var(--paper); stroke-width: .6; fill-rule: evenodd; }
.map .box { fill: none; stroke: var(--soft); stroke-width: .8; }
.map text { font: 11px var(--sans); fill: var(--soft); } .map .label { fill: var(--ink); stroke: var(--paper); stroke-width: 3px; paint-order: stroke; }
.k1 { fill: var(--k1); } .k2 { fill: var(--k2); } .k3 { fill: var(--k3); } .k4 { fill: var(--k4); } .k5 { fill: var(--k5); }
.k0 { fill: var(--paper); stroke: var(--soft) !important; } .here { fill: var(--k4); } .outside { fill: var(--outside); stroke: var(--rule) !important; }
.hatch { fill: var(--empty); } .hatch-line { stroke: var(--hatch); stroke-width: 1.4; }
figcaption { font-size: .86rem; color: var(--soft); margin-top: .6rem; }
.legend { list-style: none; margin: 0; padding: 0; font-size: .9rem; font-variant-numeric: tabular-nums; }
.legend li { display: flex; align-items: center; gap: .6rem; padding: .12rem 0; }
.legend svg { width: 2.1rem; height: 1.05rem; flex: none; }
.legend rect { stroke: var(--soft); stroke-width: .5; }
.legend .count { margin-left: auto; color: var(--soft); white-space: nowrap; }
.ranks { list-style: none; margin: 0; padding: 0; font-size: .92rem; counter-reset: rank; }
.ranks li { display: flex; gap: .6rem; border-bottom: 1px solid var(--rule); padding: .17rem 0; counter-increment: rank; }
.ranks li::before { content: counter(rank); color: var(--soft); min-width: 1.3em; text-align: right; font-variant-numeric: tabular-nums; }
.ranks b { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.aside { font-size: .86rem; padding-left: 1.1rem; margin: .2rem 0; }

table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--soft); font-size: .86rem; padding-bottom: .4rem; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
thead th, thead td { font-size: .8rem; line-height: 1.25; vertical-align: bottom; border-bottom: 1.5px solid var(--ink); font-weight: 600; }
tbody th { font-weight: 400; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .n { white-space: normal; }
tfoot td, tfoot th, tr.total td, tr.total th { font-weight: 600; border-top: 1.5px solid var(--ink); border-bottom: 0; }
.scroll { overflow-x: auto; }
.bar { display: block; width: 100%; height: .8rem; }
.bar .track { fill: var(--panel); } .bar .fill { fill: var(--accent); }
.barred .graph { width: 38%; min-width: 6rem; padding-right: 1rem; } .two .barred .graph { width: 28%; min-width: 4rem; }

.tools { display: none; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 0 0 .8rem; font-size: .9rem; }
.js .tools { display: flex; }
.tools label { display: grid; gap: .15rem; font-size: .82rem; color: var(--soft); }
input[type="search"] { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 3px;
  padding: .35rem .6rem; width: 17rem; max-width: 100%; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--soft); border-radius: 3px; padding: .35rem .8rem; cursor: pointer; }
button:hover { background: var(--panel); }
.tools output { margin-left: auto; color: var(--soft); font-variant-numeric: tabular-nums; }
th button.sort { border: 0; padding: 0; font-weight: 600; text-align: inherit; background: none; font-size: inherit; line-height: inherit; }
th button.sort::after { content: "\\00A0\\2195"; color: var(--soft); font-weight: 400; }
th[aria-sort="ascending"] button.sort::after { content: "\\00A0\\2191"; color: var(--ink); }
th[aria-sort="descending"] button.sort::after { content: "\\00A0\\2193"; color: var(--ink); }
.units tr.r > * { background: var(--panel); font-weight: 600; border-bottom-color: var(--ink); }
.units tr.p th { padding-left: 1.1rem; font-weight: 600; }
.units tr.m th { padding-left: 3.1rem; }
.units tr.m > * { color: var(--soft); font-size: .86rem; }
.units tr.m th { color: var(--ink); }
.js .units tr.m { display: none; } .js .units tr.m.open { display: table-row; } .js .units tr.out, .js .units tr.m.out { display: none; }
.js .units tr.m.hit { display: table-row; }
.units button.fold { border: 0; padding: 0 .3rem 0 0; font: inherit; text-align: left; }
.units button.fold::before { content: "\\25B8"; display: inline-block; width: 1em; color: var(--accent); }
.units button.fold[aria-expanded="true"]::before { content: "\\25BE"; }
.units tr.p th .plain { padding-left: 1em; }
.units thead th:first-child { width: 36%; }
.code { white-space: nowrap; color: var(--soft); font-size: .78rem; font-variant-numeric: tabular-nums; margin-left: .4rem; font-weight: 400; }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 2px; font-size: .72rem; line-height: 1.3; padding: 0 .3rem;
  margin-left: .4rem; color: var(--warn); font-weight: 400; white-space: nowrap; }
@media screen and (min-width: 64rem) { .units thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; } .units .scroll { overflow: visible; } }
@media screen and (max-width: 46rem) {
  main, .masthead, .colophon { padding: 0 1rem; }
  .masthead { padding-top: 1rem; }
  th, td { padding: .3rem .45rem; }
  .units th[scope="row"], .units thead th:first-child { position: sticky; left: 0; background: var(--paper); min-width: 10rem; max-width: 12rem; z-index: 1; overflow-wrap: anywhere; }
  .units tr.r th[scope="row"] { background: var(--panel); }
  .units tr.m th { padding-left: 1.6rem; }
  .tools output { margin-left: 0; }
  .units .code { display: block; margin-left: 0; } .units tr.p .code { padding-left: 1.3rem; }
  .barred .graph { width: 24%; min-width: 3.5rem; }
}

.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 3rem; }
@media screen and (max-width: 46rem) { .two { grid-template-columns: minmax(0, 1fr); } }
.split { display: block; width: 100%; height: 2.2rem; }
.split .one { fill: var(--accent); } .split .other { fill: var(--k2); }
.parts { list-style: none; margin: .5rem 0 0; padding: 0; }
.parts li { display: flex; gap: .6rem; align-items: center; padding: .15rem 0; }
.parts b { margin-left: auto; font-variant-numeric: tabular-nums; }
.swatch { width: 1rem; height: 1rem; flex: none; }
.checks { margin: 0; padding: 0; list-style: none; }
.checks > li { padding: .55rem 0 .55rem 2rem; border-bottom: 1px solid var(--rule); position: relative; }
.checks > li::before { content: "\\2013"; position: absolute; left: .5rem; color: var(--soft); }
details > summary { cursor: pointer; }
details > summary::marker { color: var(--accent); }
details[open] > summary { margin-bottom: .4rem; }
.names { font-size: .86rem; columns: 18rem 3; column-gap: 2rem; margin: 0; }
.names dt { font-weight: 600; break-after: avoid; }
.names dd { margin: 0 0 .5rem; color: var(--soft); }
.finding { border-bottom: 1px solid var(--rule); padding: .7rem 0; }
.finding h3 { margin: 0; font-family: var(--sans); font-size: 1rem; }
.finding p { margin: .15rem 0 .3rem; }
.severity { font-size: .76rem; font-weight: 600; text-transform: uppercase; letter-spacing: .05em; margin-right: .5rem; }
.severity::before { content: "\\25CF "; } .severity.error { color: var(--bad); } .severity.warning { color: var(--warn); } .severity.info { color: var(--soft); }
.severity.error::before { content: "\\2715 "; } .severity.warning::before { content: "\\25B2 "; }
.up { color: var(--good); } .down { color: var(--bad); }
.colophon { margin-top: 3rem; padding-bottom: 3rem; font-size: .88rem; color: var(--soft); }
.colophon ul { padding-left: 1.1rem; } .colophon li { margin: .2rem 0; }
.from, .to { overflow-wrap: anywhere; }

@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #666; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #111; --soft: #444; --rule: #bbb; --panel: #f2f0ea; --accent: #0d5a5c; --accent-soft: #d3e8e2;
    --warn: #7a4b00; --bad: #9b1c1c; --good: #1b6141; --gold: #a9802a; --k1: #d5e9df; --k2: #a3d1c1; --k3: #63aba0; --k4: #2c7f7f;
    --k5: #0b4a52; --empty: #efece4; --hatch: #a09a8b; --outside: #f3f1eb; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { font-size: 9.5pt; }
  main, .masthead, .colophon { max-width: none; padding: 0; }
  .masthead { padding-top: 0; }
  .contents, .js .tools, .skip { display: none; }
  .masthead::before { margin-bottom: 3mm; } h1 { font-size: 25pt; } h2 { font-size: 14pt; break-after: avoid; margin-bottom: 2mm; }
  .facts { font-size: 8.5pt; gap: 1mm 7mm; padding: 2mm 0; margin-top: 3mm; } .facts dt { font-size: 7pt; } .notice { padding: 1.5mm 3mm; margin-top: 3mm; }
  .keys dt { font-size: 9pt; } .keys dd { font-size: 8pt; line-height: 1.35; } h3 { break-after: avoid; }
  section { margin-top: 7mm; }
  .keys .big { font-size: 20pt; }
  .atlas { grid-template-columns: 3fr 2fr; gap: 6mm; break-inside: avoid; }
  .map { max-height: 108mm; } .atlas h3 { margin-top: 3mm; } .atlas h3 { font-size: 10pt; } .legend, .ranks { font-size: 8pt; line-height: 1.3; } .legend li, .ranks li { padding: .25mm 0; }
  figcaption, caption, .note, .aside { font-size: 8pt; }
  details > summary { list-style: none; }
  .units tr.m > * { font-size: 8pt; }
  table { font-size: 8.5pt; }
  caption, thead { break-after: avoid; } thead { display: table-header-group; } tfoot { display: table-row-group; }
  tr, .checks > li, .finding, figure, .two > div { break-inside: avoid; }
  th, td { padding: 1.2mm 1.2mm; } thead th { font-size: 7.2pt; } .code { font-size: 7pt; margin-left: 1mm; }
  .units tr.r { break-after: avoid; }
  .scroll { overflow: visible; }
  .units thead th, .units th[scope="row"] { position: static; } .units thead th:first-child { width: 42%; }
  /* A button is not repeated at the head of the next page. */
  button.sort { display: contents; }
  th button.sort::after { content: none; } th[aria-sort="ascending"] button.sort::after { content: " \\2191"; } th[aria-sort="descending"] button.sort::after { content: " \\2193"; }
  .units button.fold::before { content: none; } .units tr.p th .plain { padding-left: 0; } .units tr.m th { padding-left: 2.2rem; }
  a { color: inherit; text-decoration: none; }
}
`;
