import type { FastifyReply } from 'fastify'

/** Answers with bytes as they are: a route that describes them would have them serialised. */
export const sendBytes = (reply: FastifyReply, type: string, bytes: Uint8Array): FastifyReply =>
  reply
    .type(type)
    // Its type asks for text, but what it gives is sent as it is.
    .serializer((body: unknown) => body as string)
    .send(Buffer.from(bytes))
