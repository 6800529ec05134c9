import { setImmediate as giveWay } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Answers with a record of long lists, which is written member by member, members of members by themselves: to check and write it in one
 * turn would keep the others waiting.
 */
export const sendDocument = async (reply: FastifyReply, document: object): Promise<FastifyReply> => {
  const write = async (value: unknown, depth: number): Promise<string> => {
    if (depth === 0 || !isRecord(value)) return JSON.stringify(value)
    const texts: string[] = []
    for (const [name, member] of Object.entries(value)) {
      texts.push(`${JSON.stringify(name)}:${await write(member, depth - 1)}`)
      await giveWay()
    }
    return `{${texts.join(',')}}`
  }
  const text = await write(document, 2)
  return reply
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => body as string)
    .send(text)
}
