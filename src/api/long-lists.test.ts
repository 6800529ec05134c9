import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkInTurns, hasLongList, mapInTurns, writeInTurns } from './long-lists.ts'

const LONG = 450
const entry = z.strictObject({ id: z.number().int().min(1), name: z.string().max(5).default('none') })
const schema = z
  .strictObject({
    entries: z.array(entry).min(1).max(LONG),
    more: z.object({ ids: z.array(z.number()) }).nullish(),
    word: z.string().default('word'),
  })
  .refine(({ entries, word }) => word !== 'few' || entries.length < 10, { message: 'too many for few', path: ['word'] })

/** The first thing that is wrong; in turns, no more is told. */
const firstOf = ({ success, data, error }: z.ZodSafeParseResult<unknown>): unknown =>
  success ? data : { path: error.issues[0]!.path, message: error.issues[0]!.message }
const same = async (value: unknown): Promise<void> => {
  const whole = schema.safeParse(value)
  const inTurns = await checkInTurns(schema, value, z.safeParse)
  expect(inTurns.success).toBe(whole.success)
  expect(firstOf(inTurns)).toEqual(firstOf(whole))
}
const entries = (count: number): object[] => Array.from({ length: count }, (_, at) => ({ id: at + 1 }))

test.each([
  ['a good one', { entries: entries(LONG) }],
  [
    'defaults and a list inside',
    { entries: [{ id: 1, name: 'one' }], more: { ids: entries(LONG).map((_, at) => at) } },
  ],
  ['too long', { entries: entries(LONG + 1) }],
  ['one entry wrong', { entries: entries(LONG).with(321, { id: 0 }) }],
  ['one entry with something else in it', { entries: entries(LONG).with(444, { id: 1, other: 1 }) }],
  ['a list inside wrong', { entries: entries(1), more: { ids: [...entries(LONG).map((_, at) => at), 'x'] } }],
  ['something else beside the list', { entries: entries(LONG), other: 1 }],
  ['what two members say together', { entries: entries(LONG), word: 'few' }],
  ['a list where none belongs', { entries: entries(2), word: entries(LONG) }],
  ['no list where one belongs', { entries: 'x', more: { ids: entries(LONG).map((_, at) => at) } }],
])('%s is found as in one turn', async (_, value) => same(value))

test('others have their turn while a document is checked and written', async () => {
  const value = { entries: entries(LONG), word: 'x' }
  const order: string[] = []
  setImmediate(() => order.push('somebody else'))
  await checkInTurns(schema, value, z.safeParse)
  order.push('checked')
  setImmediate(() => order.push('somebody else'))
  await writeInTurns(value)
  order.push('written')
  expect(order).toEqual(['somebody else', 'checked', 'somebody else', 'written'])
})

test('what is written in turns is what is written in one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.nat(2), async (one, other, repeats) => {
      const list = Array.from({ length: 1 + repeats * LONG }, () => one)
      for (const value of [list, { list, other, gone: undefined, deep: { other, deeper: { list } } }, other]) {
        expect(await writeInTurns(value)).toBe(JSON.stringify(value))
        expect(await mapInTurns(list, (item) => [item])).toEqual(list.map((item) => [item]))
      }
    }),
    { numRuns: 50 },
  )
  expect(hasLongList({ a: { b: { c: entries(LONG) } } })).toBe(true)
  expect(hasLongList({ a: { b: entries(2) } })).toBe(false)
})
