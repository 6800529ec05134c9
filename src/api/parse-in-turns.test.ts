import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInTurns } from './parse-in-turns.ts'

/** What a parser makes of a text, or that it refuses it. */
const outcomeOf = async (parse: () => unknown): Promise<unknown> => {
  try {
    return { parsed: await parse() }
  } catch (error) {
    return (error as Error).name
  }
}
const expectSame = async (json: string, pieceLetters: number): Promise<void> => {
  expect(await outcomeOf(() => parseInTurns(json, JSON.parse, pieceLetters))).toEqual(
    await outcomeOf(() => JSON.parse(json)),
  )
}

const lists = fc.dictionary(
  fc.constantFrom('a', 'b', '7', 'with "quotes"', '[', 'x,y', '\\'),
  fc.oneof(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 30 }), fc.jsonValue()),
)

test('a document in pieces is what it is in one', async () => {
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1), async (document, letters, indent) =>
      expectSame(JSON.stringify(document, null, indent), letters),
    ),
  )
})

test('what is not JSON is refused, wherever it is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.nat(),
      fc.constantFrom('', ',', ',,', ']', '[', '{', '}', '"', '\\', 'x', ' '),
      async (document, place, put) => {
        const json = JSON.stringify(document)
        const at = place % (json.length + 1)
        await expectSame(json.slice(0, at) + put + json.slice(at + (place % 2)), 3)
      },
    ),
    { numRuns: 1000 },
  )
})

test.each([
  '{"a":[1,2,3,]}',
  '{"a":[,1,2,3]}',
  '{"a":[1,,2,3]}',
  '{"a":[1,2,3},"b":1]',
  '{"a":[1,2,3],}',
  '{,"a":[1,2,3]}',
  '{"a":[1,2,3],"a":[4,5,6]}',
  '{"a":[1,2,3]}{"a":1}',
  '{"a":[1,2,3][4,5,6]}',
  '{"__proto__":[1,2,3],"a":[4,5,6]}',
  '{"a"[1,2,3]}',
  '{"a":{"b":[1,2,3]},"c":[[1],[2]]}',
  '[{"a":[1,2,3]}]',
])('%s', async (json) => expectSame(json, 1))

test('the parser sees each piece, so what it refuses inside a list is refused', async () => {
  const refuse = (text: string): unknown => {
    if (text.includes('__proto__')) throw new SyntaxError('no')
    return JSON.parse(text)
  }
  const json = `{"a":[${'{"b":1},'.repeat(50)}{"__proto__":1}]}`
  await expect(parseInTurns(json, refuse, 20)).rejects.toThrow('no')
})
