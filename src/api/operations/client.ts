import type { z } from 'zod'
import { problem } from './fields.ts'
import { operations } from './operations.ts'

type Operations = typeof operations
type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type Call<Name extends keyof Operations> = {
  readonly params: { readonly [Parameter in ParameterNames<Operations[Name]['path']>]: string | number }
  readonly query: z.input<Operations[Name]['query']>
  readonly body: z.input<Operations[Name]['body']>
}
/** Parts that an operation does not have are left out, and so is a call without any. */
type Input<Name extends keyof Operations> = {
  readonly [Part in keyof Call<Name> as Call<Name>[Part] extends undefined | Record<never, never>
    ? keyof Call<Name>[Part] extends never
      ? never
      : Part
    : Part]: Call<Name>[Part]
}

export type Client = {
  readonly [Name in keyof Operations]: keyof Input<Name> extends never
    ? () => Promise<z.output<Operations[Name]['response']>>
    : (input: Input<Name>) => Promise<z.output<Operations[Name]['response']>>
}

/** What the server refused, in its words. */
export class ApiProblem extends Error {
  readonly problem: z.output<typeof problem>

  constructor(refusal: z.output<typeof problem>) {
    super(`${refusal.title}: ${refusal.detail}`)
    this.name = 'ApiProblem'
    this.problem = refusal
  }
}

type AnyInput = {
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

/** A function for each operation; what goes out is typed, what comes back is checked by the server's own schemas. @throws ApiProblem */
export const createClient = (address = ''): Client => {
  const call = async (name: keyof Operations, input: AnyInput = {}): Promise<unknown> => {
    const { method, path, response } = operations[name]
    const answer = await fetch(address + addressOf(path, input), {
      method,
      ...(input.body === undefined
        ? {}
        : { body: JSON.stringify(input.body), headers: { 'content-type': 'application/json' } }),
    })
    const document: unknown = await answer.json()
    if (!answer.ok) throw new ApiProblem(problem.parse(document))
    return response.parse(document)
  }
  const names = Object.keys(operations) as (keyof Operations)[]
  return Object.fromEntries(names.map((name) => [name, (input?: AnyInput) => call(name, input)])) as unknown as Client
}
