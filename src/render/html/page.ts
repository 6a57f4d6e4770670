import { createHash } from "node:crypto";
import { html, type Markup, type Part, verbatim } from "./html.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

export interface Page {
  language: "en" | "fil";
  title: string;
  body: Part;
}

/** Nothing is loaded, and only the style sheet and the script below are used. */
const POLICY = `default-src 'none'; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

/** A whole HTML document that needs no other file. */
export function pageText({ language, title, body }: Page): string {
  const page: Markup = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="obc-sync">
<title>${title}</title>
<style>${verbatim(STYLE)}</style>
<script>${verbatim(SCRIPT)}</script>
</head>
<body>
${body}
</body>
</html>
`;
  return page.text;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
