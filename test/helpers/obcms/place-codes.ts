/** Makes unique codes in OBCMS's style: capital letters, digits and underscores, at most 64 characters. */
export function placeCodes(): { take(text: string): string } {
  const taken = new Set<string>();
  return {
    take(text) {
      const slug = text
        .normalize("NFKD")
        .replace(/\p{Mark}/gu, "")
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, "_")
        .replace(/^_|_$/g, "");
      let code = slug.slice(0, 64);
      for (let number = 2; taken.has(code); number += 1) code = `${slug.slice(0, 62)}_${number}`;
      taken.add(code);
      return code;
    },
  };
}
