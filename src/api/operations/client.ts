import type { z } from 'zod'
import { problem } from './fields.ts'
import { type AnswerSchema, type IsJson, isMedia, type Operation } from './operation.ts'
import { operations } from './operations.ts'

type Operations = typeof operations
/** Operations that ask and answer in JSON. */
export type ClientName = {
  [Name in keyof Operations]: IsJson<Operations[Name]> extends true ? Name : never
}[keyof Operations]

type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type GivenTo<Schema> = Schema extends z.ZodType ? z.input<Schema> : never
/** What a call brings; `never` is a part that the operation does not have. */
type Parts<Declared extends Operation> = {
  readonly params: [ParameterNames<Declared['path']>] extends [never]
    ? never
    : { readonly [Parameter in ParameterNames<Declared['path']>]: string | number }
  readonly query: Declared extends { readonly query: infer Schema } ? GivenTo<Schema> : never
  readonly body: Declared extends { readonly body: infer Schema } ? GivenTo<Schema> : never
}
type IsNever<Part> = [Part] extends [never] ? true : false
type IsOptional<Part> = undefined extends Part ? true : Record<never, never> extends Part ? true : false
type Chosen<Whole, Must extends boolean> = {
  readonly [Part in keyof Whole as IsNever<Whole[Part]> extends true
    ? never
    : IsOptional<Whole[Part]> extends Must
      ? never
      : Part]: Whole[Part]
}

/** What a call must bring, and what it may. */
type Input<Name extends ClientName> = Chosen<Parts<Operations[Name]>, true> &
  Partial<Chosen<Parts<Operations[Name]>, false>>

export type Answer<Name extends ClientName> = z.output<AnswerSchema<Operations[Name]>>

/** A call that must bring nothing may be made without an input. */
export type Given<Name extends ClientName> =
  Record<never, never> extends Input<Name> ? [input?: Input<Name>] : [input: Input<Name>]

export type Client = { readonly [Name in ClientName]: (...given: Given<Name>) => Promise<Answer<Name>> }

/** What the server refused, in its words. */
export class ApiProblem extends Error {
  readonly problem: z.output<typeof problem>

  constructor(refusal: z.output<typeof problem>) {
    super(`${refusal.title}: ${refusal.detail}`)
    this.name = 'ApiProblem'
    this.problem = refusal
  }
}

export type AnyInput = {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

const addressOf = (path: string, { params = {}, query = {} }: AnyInput): string => {
  const filled = path.replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
  return given.length === 0 ? filled : `${filled}?${search}`
}

/** @throws ApiProblem */
const ask = async (address: string, { method, path, response }: Operation, input: AnyInput = {}): Promise<unknown> => {
  const answer = await fetch(address + addressOf(path, input), {
    method,
    ...(input.body === undefined
      ? {}
      : { body: JSON.stringify(input.body), headers: { 'content-type': 'application/json' } }),
  })
  const document: unknown = await answer.json()
  if (!answer.ok) throw new ApiProblem(problem.parse(document))
  const schema = response[answer.status]
  if (schema === undefined || isMedia(schema)) throw new Error(`${method} ${path} answered ${answer.status}`)
  return schema.parse(document)
}

const isJson = ({ consumes, response }: Operation): boolean =>
  consumes === undefined && !Object.values(response).some(isMedia)

/** A function for each operation in JSON; what goes out is typed, what comes back is checked by the server's own schemas. */
export const createClient = (address = ''): Client => {
  const declared: readonly [string, Operation][] = Object.entries(operations)
  const calls = declared
    .filter(([, operation]) => isJson(operation))
    .map(([name, operation]) => [name, (input?: AnyInput) => ask(address, operation, input)])
  // A record made of entries has lost the names of its members.
  return Object.fromEntries(calls) as Client
}
