import type { FastifyReply } from 'fastify'

/**
 * Answers with a list that may be as long as the library is large. It is written piece by piece as the pieces come, since to write all of
 * it at once would keep the others waiting.
 */
export const sendList = async <Item>(
  reply: FastifyReply,
  pieces: AsyncIterable<readonly Item[]>,
  documentOf: (item: Item) => object,
): Promise<FastifyReply> => {
  const texts: Buffer[] = []
  for await (const piece of pieces)
    for (const item of piece) {
      const mark = texts.length === 0 ? '[' : ','
      texts.push(Buffer.from(mark + JSON.stringify(documentOf(item))))
    }
  if (texts.length === 0) texts.push(Buffer.from('['))
  texts.push(Buffer.from(']'))
  return reply
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => body as string)
    .send(Buffer.concat(texts))
}
