import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const inRoot = (path: string): string => join(import.meta.dirname, '..', path)
const read = (path: string): string => readFileSync(inRoot(path), 'utf8')
/** Texts may be broken over lines on either side. */
const onOneLine = (text: string): string => text.replace(/\s+/g, ' ')

const sources = onOneLine(
  globSync('src/web/**/*.{ts,tsx}', { cwd: inRoot('') })
    .filter((path) => !/\.(test|fixture)\./.test(path))
    .map(read)
    .join('\n'),
)
const guide = globSync('docs/guide/*.md', { cwd: inRoot('') })
/** Without what stands in the guide for a variable: "Accept 6", "Compare with v1", "Undone: …". */
const isOnPage = (name: string): boolean => sources.includes(name.replace(/ ?v?\d+$|(?<=^Undone): .*/, ''))

/** What the guide writes in italics with a capital is a button, field, heading or notice; parts of a path are names each. */
const quotedNames = (text: string): readonly string[] =>
  [...onOneLine(text).matchAll(/(?<![\w*])\*([A-Z][^*]*)\*(?![\w*])/g)].flatMap(([, quoted]) =>
    quoted!.split(/ → |(?<=Status): /),
  )

test.each(guide)('every name that %s quotes is on the page', (path) => {
  expect(quotedNames(read(path)).filter((name) => !isOnPage(name))).toEqual([])
})

test('every setting of the guide is called so on the page', () => {
  const table = read('docs/guide/keeping.md').split('| setting |')[1]!
  const names = [...table.matchAll(/^\| ([A-Z][^|]*) \|/gm)].map(([, name]) => name!.split(' …')[0]!)
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter((name) => !isOnPage(name))).toEqual([])
})

test('the guide has every key of the desk', () => {
  const told = read('docs/guide/labelling.md')
  const single = [...read('src/web/desk/desk-keys.ts').matchAll(/'([A-Z[\]+\-.])'/g)].map(([, key]) => key!)
  expect(single.length).toBeGreaterThan(15)
  expect(single.filter((key) => !told.includes(`\`${key}\``))).toEqual([])
})
