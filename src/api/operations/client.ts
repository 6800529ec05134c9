import type { z } from 'zod'
import { problem } from './fields.ts'
import { type AnswerSchema, type IsJson, isMedia, type Operation } from './operation.ts'
import { operations } from './operations.ts'

type Operations = typeof operations
type Name = keyof Operations
/** Operations that ask and answer in JSON. */
export type ClientName = { [Each in Name]: IsJson<Operations[Each]> extends true ? Each : never }[Name]

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
type Input<Of extends Name> = Chosen<Parts<Operations[Of]>, true> & Partial<Chosen<Parts<Operations[Of]>, false>>
/** What must bring nothing may be left out. */
type Arguments<Brought> = Record<never, never> extends Brought ? [input?: Brought] : [input: Brought]

export type Answer<Of extends ClientName> = z.output<AnswerSchema<Operations[Of]>>
export type Given<Of extends ClientName> = Arguments<Input<Of>>
export type Client = { readonly [Of in ClientName]: (...given: Given<Of>) => Promise<Answer<Of>> }

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

const fill = (path: string, { params = {}, query = {} }: AnyInput): string => {
  const filled = path.replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
  return given.length === 0 ? filled : `${filled}?${search}`
}

/** Where an operation is asked for, of which the page makes a link, a sound or a request of its own. */
export const addressOf = <Of extends Name>(name: Of, ...given: Arguments<Omit<Input<Of>, 'body'>>): string =>
  fill(operations[name].path, given[0] ?? {})

/** @throws ApiProblem */
const ask = async (address: string, { method, path, response }: Operation, input: AnyInput = {}): Promise<unknown> => {
  const answer = await fetch(address + fill(path, input), {
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
