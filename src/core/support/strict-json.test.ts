import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

test('what has each member once is parsed as by JSON.parse', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      fc.pre(!/__proto__|constructor|prototype/.test(text))
      expect(parseStrictJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test.each([
  ['{"a":1,"a":2}', 'a: is there twice'],
  ['{"a":1,"\\u0061":2}', 'a: is there twice'],
  ['{"list":[{"x":1},{"x":1,"y":{"z":1,"z":2}}]}', 'list[1].y.z: is there twice'],
  ['{"a":{"__proto__":{"polluted":1}}}', 'a.__proto__: no member may have this name'],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'deeper than 32 levels'],
])('%.60s is refused with the place', (text, said) => {
  expect(() => parseStrictJson(text)).toThrow(said)
})

test('commas, braces and colons within strings are none', () => {
  expect(parseStrictJson('{"a":"{,:[\\"","b":["a","a",":"]}')).toEqual({ a: '{,:["', b: ['a', 'a', ':'] })
})
