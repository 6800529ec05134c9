import { z } from 'zod'
import type { Operation } from './operations/operation.ts'

type Schema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly minLength?: number
}

/** What some names must be, beside being text or a number, to get as far as the work. */
const KNOWN: Readonly<Record<string, unknown>> = {
  label_value: 'drop',
  start_beat: 0,
  end_beat: 32,
  start_seconds: undefined,
  end_seconds: undefined,
  revision: undefined,
}
const TEXTS: readonly string[] = ['1', '1-0', 'drop', 'csv', '0'.repeat(64), 'a'.repeat(64), '2026-01-01', 'x']

const sampleOf = (schema: Schema, name: string): unknown => {
  if (name in KNOWN) return KNOWN[name]
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (choice) return sampleOf(choice, name)
  if (schema.type === 'array')
    return schema.prefixItems?.map((item) => sampleOf(item, name)) ?? [sampleOf(schema.items ?? {}, name)]
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([property]) => schema.required?.includes(property) || property in KNOWN)
        .map(([property, own]) => [property, sampleOf(own, property)]),
    )
  if (schema.type === 'boolean') return true
  if (schema.type === 'string')
    return TEXTS.find((text) => text.length >= (schema.minLength ?? 0) && new RegExp(schema.pattern ?? '').test(text))
  return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? 1)
}

const sample = (schema: z.ZodType | undefined): unknown =>
  schema && sampleOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, '')

export type SampleRequest = { readonly method: string; readonly path: string; readonly body: unknown }

/** A request that an operation takes, as far as its schemas tell; whatever has a number is the first of its kind. */
export const sampleRequest = ({ method, path, params, query, body }: Operation): SampleRequest => {
  const named = (sample(params) ?? {}) as Readonly<Record<string, unknown>>
  const asked = Object.entries((sample(query) ?? {}) as Readonly<Record<string, unknown>>)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, String(value)])
  const place = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(named[key] ?? 1)))
  return { method, path: `${place}?${new URLSearchParams(asked)}`, body: sample(body) }
}
