import type { z } from 'zod'
import { UserError } from '../support/user-error.ts'

const LONGEST_REASON = 160

/** Engines word their syntax errors differently: some name the position, some quote the place, some only report an early end. */
const describeSyntaxError = (text: string, { message }: SyntaxError): string => {
  const position = /position (\d+)/.exec(message)?.[1]
  const line = position === undefined ? '' : `line ${text.slice(0, Number(position)).split('\n').length}: `
  return line + message.slice(0, LONGEST_REASON)
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** @throws IMPORT_MALFORMED with the place */
export const parseJsonText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UserError('IMPORT_MALFORMED', `Not valid JSON: ${describeSyntaxError(text, error)}.`, {}, error)
  }
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')

/** @throws IMPORT_MALFORMED with the first field that is wrong, and what it should be */
export const checkShape = <Schema extends z.ZodType>(schema: Schema, json: unknown, what: string): z.infer<Schema> => {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const field = fieldOf(issue.path)
  throw new UserError('IMPORT_MALFORMED', `${what}${field ? `, field ${field}` : ''}: ${issue.message}.`, { field })
}
