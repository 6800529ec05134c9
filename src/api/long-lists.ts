import { z } from 'zod'
import { giveWay } from '../core/support/give-way.ts'

/** So many entries take about a millisecond, after which others have their turn. */
const AT_ONCE = 200
/** Lists stand in a document, in its members, and in members of these. */
const DEEPEST = 3

type Plain = Readonly<Record<string, unknown>>
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)

/** Whether a document holds a list that takes more than a turn. */
export const hasLongList = (value: unknown, depth = DEEPEST): boolean =>
  Array.isArray(value)
    ? value.length > AT_ONCE
    : depth > 0 && isPlain(value) && Object.values(value).some((member) => hasLongList(member, depth - 1))

/** A few entries at a time; between them others have their turn. */
async function* pieces<Item>(list: readonly Item[]): AsyncGenerator<{ readonly from: number; readonly items: Item[] }> {
  for (let from = 0; from < list.length; from += AT_ONCE) {
    yield { from, items: list.slice(from, from + AT_ONCE) }
    await giveWay()
  }
}

/** A list of as many others, made a few at a time. */
export const mapInTurns = async <Item, Other>(
  list: readonly Item[],
  otherOf: (item: Item) => Other,
): Promise<Other[]> => {
  const others: Other[] = []
  for await (const { items } of pieces(list)) for (const item of items) others.push(otherOf(item))
  return others
}

type Checked = z.ZodSafeParseResult<unknown>
type Check = (schema: z.ZodType, value: unknown) => Checked

const bareOf = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodReadonly
    ? bareOf(schema.def.innerType as z.ZodType)
    : schema

type Issue = Omit<z.core.$ZodIssue, 'path'> & { readonly path: PropertyKey[] }
const failure = (issues: readonly Issue[]): Checked => ({
  success: false,
  error: new z.ZodError(issues as z.core.$ZodIssue[]),
})

/** What is wrong with the first piece in which something is wrong is all that is told. */
const checkList = async (schema: z.ZodArray, list: readonly unknown[], check: Check): Promise<Checked> => {
  const entries = z.array(schema.element as z.ZodType)
  const found: unknown[] = []
  for await (const { from, items } of pieces(list)) {
    const { data, error } = check(entries, items)
    if (error)
      return failure(
        error.issues.map(({ path: [at, ...under], ...issue }) => ({ ...issue, path: [from + Number(at), ...under] })),
      )
    for (const one of data as unknown[]) found.push(one)
  }
  // How many there may be.
  return check(schema.clone({ ...schema.def, element: z.unknown() }), found)
}

const checkRecord = async (schema: z.ZodObject, record: Plain, check: Check): Promise<Checked> => {
  const found: Record<string, unknown> = { ...record }
  const shape: Record<string, z.ZodType> = { ...(schema.shape as Record<string, z.ZodType>) }
  for (const [name, member] of Object.entries(shape)) {
    if (!hasLongList(record[name])) continue
    const { data, error } = await checkInTurns(member, record[name], check)
    if (error) return failure(error.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] })))
    found[name] = data
    shape[name] = z.unknown()
  }
  return check(schema.clone({ ...schema.def, shape }), found)
}

/** The same as to check all in one turn, but others have theirs meanwhile. @param check parses or encodes */
export const checkInTurns = async (schema: z.ZodType, value: unknown, check: Check): Promise<Checked> => {
  const bare = bareOf(schema)
  if (bare instanceof z.ZodArray && Array.isArray(value)) return checkList(bare, value, check)
  return bare instanceof z.ZodObject && isPlain(value) ? checkRecord(bare, value, check) : check(schema, value)
}

/** The same text as `JSON.stringify` writes. */
export const writeInTurns = async (value: unknown): Promise<string> => {
  if (!hasLongList(value)) return JSON.stringify(value)
  const texts: string[] = []
  if (Array.isArray(value)) {
    for await (const { items } of pieces(value)) texts.push(JSON.stringify(items).slice(1, -1))
    return `[${texts.join(',')}]`
  }
  for (const [name, member] of Object.entries(value as Plain))
    if (member !== undefined) texts.push(`${JSON.stringify(name)}:${await writeInTurns(member)}`)
  return `{${texts.join(',')}}`
}
