import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { App } from '../app.ts'
import { hasLongList } from './long-lists.ts'
import type { AnswerSchema, AnswersMedia, Asked, Operation } from './operations/operation.ts'
import { sendDocument } from './send-document.ts'

/**
 * Answers an operation: with what its schema describes, or where that is media or is written already, by the reply itself. Where good answers have several
 * statuses, it sets the one that is meant.
 */
type Handler<Declared extends Operation> = (
  request: Asked<Declared> & Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
) => Promise<FastifyReply | (AnswersMedia<Declared> extends true ? never : z.output<AnswerSchema<Declared>>)>

type Declarations = Readonly<Record<string, Operation>>
/** One for each operation, neither fewer nor more. */
type Handlers<Declared extends Declarations> = { readonly [Name in keyof Declared]: Handler<Declared[Name]> }

/** Puts the operations of a noun on a server. */
export type Routes = (server: FastifyInstance, app: App) => void

const bytes = z.instanceof(Buffer)

const schemaOf = (name: string, { tag, summary, description, consumes, ...schemas }: Operation): FastifySchema => ({
  operationId: name,
  summary,
  ...(description === undefined ? {} : { description }),
  tags: [tag],
  ...(schemas.params && { params: schemas.params }),
  ...(schemas.query && { querystring: schemas.query }),
  ...(consumes === undefined ? schemas.body && { body: schemas.body } : { consumes: [consumes], body: bytes }),
  response: schemas.response,
})

const successStatus = ({ response }: Operation): number => Number(Object.keys(response)[0])

const acceptBytes = (server: FastifyInstance, { consumes, bodyLimit }: Operation): void => {
  // Operations of one noun may take the same type.
  if (consumes !== undefined && !server.hasContentTypeParser(consumes))
    server.addContentTypeParser(
      consumes,
      { parseAs: 'buffer', ...(bodyLimit === undefined ? {} : { bodyLimit }) },
      (_request, body, done) => done(null, body),
    )
}

/** What a server does for each operation of a record: checks, limits and documentation are the operation's own. */
export const routesOf =
  <Declared extends Declarations>(operations: Declared) =>
  (handlersOf: (app: App) => Handlers<Declared>): Routes =>
  (server, app) => {
    const handlers = handlersOf(app)
    for (const name in operations) {
      const operation = operations[name]!
      const { method, path, bodyLimit, statuses, isEndless = false } = operation
      const status = successStatus(operation)
      acceptBytes(server, operation)
      server.route({
        method,
        url: path,
        schema: schemaOf(name, operation),
        ...(bodyLimit === undefined ? {} : { bodyLimit }),
        config: { isEndless, ...(statuses === undefined ? {} : { statuses }) },
        handler: async (request, reply) => {
          reply.code(status)
          // Fastify has parsed the request by the schemas that the handler's types are made of, which its own types cannot know.
          const answer: unknown = await handlers[name](request as never, reply)
          return answer !== reply && hasLongList(answer)
            ? sendDocument(reply, answer, operation.response[reply.statusCode])
            : answer
        },
      })
    }
  }
