import { expect, it } from "vitest";
import { html } from "../../../src/render/html/html.ts";

it("escapes every interpolation, in content and in attributes", () => {
  const evil = `"><script>alert('1')</script>&`;
  expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>',
  );
});

it("leaves markup as it is, joins lists, and writes nothing for what is absent", () => {
  expect(html`${[html`<b>${"<"}</b>`, ["a", 1]]}${null}${undefined}${false}`.text).toBe("<b>&lt;</b>a1");
});

it("makes control characters visible", () => {
  expect(html`${"a\u001b[2J\u202eb"}`.text).toBe("a\\u001b[2J\\u202eb");
});
