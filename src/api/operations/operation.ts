import type { z } from 'zod'
import type { ErrorCode } from '../../core/support/error-catalogue.ts'
import type { EventType } from './event-types.ts'

/** An answer that is not JSON, as OpenAPI describes it. */
export type Media = {
  readonly description: string
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>>
}

type Parts = {
  /** One sentence of the documentation. */
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Good answers by status. Where there are several, a handler chooses the status; else it is set for it. */
  readonly response: Readonly<Record<number, z.ZodType | Media>>
  /** Bytes; left out, the server's own limit holds. */
  readonly bodyLimit?: number
  /** The type of a body that is bytes and not JSON; it needs no schema. */
  readonly consumes?: string
  /** Its answer goes on until the client leaves. */
  readonly isEndless?: true
  /** The status of error codes that mean something else here than elsewhere. */
  readonly statuses?: Readonly<Partial<Record<ErrorCode, number>>>
  /** The events after which an answer is out of date; `its track` stands for those that name the track of the address. */
  readonly staleAfter?: readonly (EventType | 'its track')[]
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** All that is known of one thing a client can ask for; `:name` in the path stands for a part of the address. */
export type Operation = Parts & { readonly method: Method; readonly path: string; readonly tag: string }

type Declare<Verb extends Method> = <const Path extends string, const Own extends Parts>(
  path: Path,
  parts: Own,
) => { readonly method: Verb; readonly tag: string; readonly path: Path } & Own

const declare =
  <Verb extends Method>(method: Verb, tag: string): Declare<Verb> =>
  (path, parts) => ({ method, tag, path, ...parts })

type Declarations = {
  readonly get: Declare<'GET'>
  readonly post: Declare<'POST'>
  readonly put: Declare<'PUT'>
  readonly patch: Declare<'PATCH'>
  readonly remove: Declare<'DELETE'>
}

/** @param tag the group of the documentation that the operations stand in */
export const operationsOf = (tag: string): Declarations => ({
  get: declare('GET', tag),
  post: declare('POST', tag),
  put: declare('PUT', tag),
  patch: declare('PATCH', tag),
  remove: declare('DELETE', tag),
})

type ParsedBy<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type AnswersOf<Declared extends Operation> = Declared['response'][keyof Declared['response']]

/** What a request of an operation brings, parsed. */
export type Asked<Declared extends Operation> = {
  readonly params: Declared extends { readonly params: infer Schema } ? ParsedBy<Schema> : undefined
  readonly query: Declared extends { readonly query: infer Schema } ? ParsedBy<Schema> : undefined
  readonly body: Declared extends { readonly consumes: string }
    ? Uint8Array
    : Declared extends { readonly body: infer Schema }
      ? ParsedBy<Schema>
      : undefined
}

/** Whether what is answered is not JSON. */
export type AnswersMedia<Declared extends Operation> = Extract<AnswersOf<Declared>, Media> extends never ? false : true
/** Whether both what is sent and what is answered are JSON, so that `createClient` has a function for it. */
export type IsJson<Declared extends Operation> = Declared extends { readonly consumes: string }
  ? false
  : AnswersMedia<Declared> extends true
    ? false
    : true

/** The schema of a good answer. */
export type AnswerSchema<Declared extends Operation> = Extract<AnswersOf<Declared>, z.ZodType>

export const isMedia = (answer: z.ZodType | Media): answer is Media => 'content' in answer
