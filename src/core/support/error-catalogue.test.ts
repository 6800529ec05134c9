import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorCatalogue } from './error-catalogue.ts'

const ROOT = join(import.meta.dirname, '../../..')
const testTexts = ['src', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
)

test('every error that a user can meet is expected by a test', () => {
  const isExpected = (code: string): boolean => testTexts.some((text) => new RegExp(`['"/|(]${code}['"/|)]`).test(text))
  expect(Object.keys(errorCatalogue).filter((code) => !isExpected(code))).toEqual([])
})

test('titles are headings without a full stop, hints say what to do', () => {
  for (const { title, hint } of Object.values(errorCatalogue)) {
    expect(title).toMatch(/^\S.*[^.\s]$/)
    expect(hint).toMatch(/^[A-Z].{9,}$/)
  }
})
