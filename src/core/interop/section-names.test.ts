import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { sectionKindOfName } from './section-names.ts'

test.each([
  ['Drop 2', 'drop'],
  ['BUILD-UP', 'build'],
  ['  mix in ', 'intro'],
  ['pre-chorus', 'chorus'],
  ['Breakdown (long)', null],
  ['Outro!', 'outro'],
  ['AutoGrid', null],
  ['Energy 7', null],
  ['', null],
  ['123', null],
  ['constructor', null],
  ['drop '.repeat(1e6), null],
])('%.20j stands for %j', (name, kind) => {
  expect(sectionKindOfName(name)).toBe(kind)
})

test('the seven kinds stand for themselves, capitalised too', () => {
  for (const kind of SECTION_KINDS) {
    expect(sectionKindOfName(kind)).toBe(kind)
    expect(sectionKindOfName(kind[0]!.toUpperCase() + kind.slice(1))).toBe(kind)
  }
})
