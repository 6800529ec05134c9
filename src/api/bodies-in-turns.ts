import type { FastifyInstance, FastifyRequest } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { UserError } from '../core/support/user-error.ts'
import { isDense, MOST_VALUES } from './dense-json.ts'
import { checkInTurns, hasLongList } from './long-lists.ts'
import { parseInTurns } from './parse-in-turns.ts'

/** The notes of a whole library, which a route takes that has a higher limit, are more values than any other request means. */
const MOST_COUNTED_BYTES = 8 << 20

/** Says what has been found, as a validator does. */
const telling = (issues: readonly z.core.$ZodIssue[]): z.ZodType =>
  z.unknown().superRefine((_, context) => {
    for (const { message, path } of issues) context.addIssue({ code: 'custom', message, path: [...path] })
  })

/** JSON bodies are parsed and checked a piece at a time where they are long: the notes or the order of a whole library. */
export const takeBodiesInTurns = (server: FastifyInstance): void => {
  const standard = server.getDefaultJsonParser('error', 'error')
  const parse = async (request: FastifyRequest, body: string): Promise<unknown> => {
    // Clients that name the type of every request send none of it where there is nothing to say.
    if (body === '') return null
    if ((request.routeOptions.bodyLimit ?? 0) <= MOST_COUNTED_BYTES && isDense(body))
      throw new UserError('PAYLOAD_TOO_LARGE', `The body has more than ${MOST_VALUES} values.`)
    return parseInTurns(body, (json) => {
      const parsed: { refusal: Error | null; value?: unknown } = { refusal: null }
      void standard(request, json, (refusal, value) => Object.assign(parsed, { refusal, value }))
      if (parsed.refusal) throw parsed.refusal
      return parsed.value
    })
  }
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, parse)

  const checked = new WeakMap<object, z.ZodSafeParseResult<unknown>>()
  server.addHook('preValidation', async ({ body, routeOptions }) => {
    const schema = routeOptions.schema?.body
    if (schema instanceof z.ZodType && hasLongList(body))
      checked.set(body as object, await checkInTurns(schema, body, z.safeParse))
  })
  server.setValidatorCompiler((route) => {
    const check = validatorCompiler(route as Parameters<typeof validatorCompiler>[0])
    return (value: unknown) => {
      const known = typeof value === 'object' && value !== null ? checked.get(value) : undefined
      if (known === undefined) return check(value)
      if (known.success) return { value: known.data }
      return validatorCompiler({ ...route, schema: telling(known.error.issues) })(value)
    }
  })
}
