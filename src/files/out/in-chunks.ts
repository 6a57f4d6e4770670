/** Characters that are collected before they are written. */
const CHUNK = 64 * 1024;

/** Joins short texts into longer ones, because each write has a cost of its own. */
export async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = "";
  for await (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
