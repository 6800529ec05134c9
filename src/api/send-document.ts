import type { FastifyReply } from 'fastify'
import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { checkInTurns, writeInTurns } from './long-lists.ts'
import type { Media } from './operations/operation.ts'

/** Answers with a document of long lists, checked and written a few entries at a time: in one turn it would keep the others waiting. */
export const sendDocument = async (
  reply: FastifyReply,
  document: unknown,
  schema: z.ZodType | Media | undefined,
): Promise<FastifyReply> => {
  const { method, url } = reply.request
  const { data, error } = await checkInTurns(schema as z.ZodType, document, z.safeEncode)
  if (error) throw new ResponseSerializationError(method, url, { cause: error })
  const text = await writeInTurns(data)
  return reply
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => body as string)
    .send(text)
}
