/** A sequence with an item that was read from it before put back at its beginning. */
export async function* prepended<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}
