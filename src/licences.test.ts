/** What is installed may be used, changed and passed on: every package's licence, as the lock file and the package itself state it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PERMISSIVE: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
])

/** Packages with another licence, and why they may stay. */
const EXCEPTIONS: Readonly<Record<string, { readonly licence: string; readonly reason: string }>> = {
  '@fontsource-variable/inter': {
    licence: 'OFL-1.1',
    reason: 'a font: the licence lets it be bundled with any program and asks only that it is not sold by itself',
  },
  'codec-parser': {
    licence: 'LGPL-3.0-or-later',
    reason:
      'the FLAC, Vorbis and Opus decoders (MIT) need it to split a stream into frames; used unchanged, installed as a package of its own that the user can replace, nothing of it copied or bundled',
  },
}

type LockedPackage = { readonly license?: string; readonly link?: boolean }

const ROOT = join(import.meta.dirname, '..')
const locked = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
const dependencies = Object.entries(locked.packages).filter(([path, { link }]) => path !== '' && !link)
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** SPDX: `(A OR B)` needs one, `A AND B` needs both. */
const isPermissive = (expression: string): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => PERMISSIVE.has(licence)))

const isAllowed = (name: string, licence: string): boolean =>
  isPermissive(licence) || EXCEPTIONS[name]?.licence === licence

/** The package's own word, null where it is not installed (binaries of other platforms). */
const installedLicence = (path: string): string | null => {
  const manifest = join(ROOT, path, 'package.json')
  if (!existsSync(manifest)) return null
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string | { type: string } }
  return typeof license === 'object' ? license.type : (license ?? 'none')
}

test('every locked package has a permissive licence, or an exception with a reason', () => {
  expect(dependencies.length).toBeGreaterThan(50)
  const refused = dependencies
    .map(([path, { license }]) => ({ name: nameOf(path), licence: license ?? installedLicence(path) ?? 'none' }))
    .filter(({ name, licence }) => !isAllowed(name, licence))
  expect(refused).toEqual([])
})

test('what is installed states a licence that is allowed too', () => {
  const installed = dependencies.flatMap(([path]) => {
    const licence = installedLicence(path)
    return licence === null ? [] : [{ name: nameOf(path), licence }]
  })
  expect(installed.length).toBeGreaterThan(20)
  expect(installed.filter(({ name, licence }) => !isAllowed(name, licence))).toEqual([])
})

test('no exception is left over', () => {
  const names = new Set(dependencies.map(([path]) => nameOf(path)))
  expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([])
})

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0 OR MIT', true],
  ['MIT AND GPL-3.0', false],
  ['AGPL-3.0', false],
  ['none', false],
])('%s counts as permissive: %j', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected)
})
