/** What is drawn for the guide is what the packages hold, and what the guide says of macOS and Windows stands in a drawing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Artefact, Program } from '../packaging/artefact.ts'
import { textFile } from '../packaging/entry.ts'
import { linuxArtefacts } from '../packaging/linux.ts'
import { macArtefacts } from '../packaging/macos.ts'
import { PLATFORMS } from '../packaging/platforms.ts'
import { readArchive } from '../packaging/read-archive.fixture.ts'
import { windowsArtefacts } from '../packaging/windows.ts'
import { svgOf } from './drawing-kit.ts'
import { DRAWINGS } from './drawn-steps.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const GUIDE = read('docs/guide/install.md')
const VERSION = '1.2.3'
const folder = mkdtempSync(join(tmpdir(), 'algiers-drawn-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Of each platform, the least that a package is put together from: the rest is what the packing adds. */
const programFor = (name: string): Program => ({
  platform: PLATFORMS.find((platform) => platform.name === name)!,
  version: VERSION,
  description: '',
  files: [textFile('app/lib/cli/main.js', ''), textFile('runtime/node', '')],
  licences: '',
  changelog: '',
  icon: read('src/web/icon.svg'),
})

const inside = new Map<string, readonly string[]>()
beforeAll(async () => {
  const artefacts: readonly Artefact[] = [
    ...(await linuxArtefacts(programFor('linux-x64'))),
    ...(await linuxArtefacts(programFor('linux-arm64'))),
    ...(await macArtefacts(programFor('darwin-arm64'))),
    ...(await windowsArtefacts(programFor('win-x64'))),
  ]
  for (const { name, bytes } of artefacts) {
    writeFileSync(join(folder, name), bytes)
    inside.set(name, name.endsWith('.deb') ? [] : [...(await readArchive(join(folder, name))).keys()])
  }
})

/** What a path stands for: dots stand for the version. */
const pathsIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/ data-path="([^"]*)"/g)].map(([, path]) => path!.replace('…', VERSION))

test.each(DRAWINGS)('$name is drawn as it was last written down, and says that it is a drawing', (drawing) => {
  expect(svgOf(drawing) === read(`docs/pictures/${drawing.name}.svg`), 'npm run drawings makes it again').toBe(true)
  expect(GUIDE).toMatch(new RegExp(`!\\[Drawing: [^\\]]+\\]\\(\\.\\./pictures/${drawing.name}\\.svg\\)`))
})

test('every name of a file that is drawn is in a package', () => {
  const all = [...inside].flatMap(([name, paths]) => [name, ...paths])
  const drawn = DRAWINGS.flatMap((drawing) => pathsIn(svgOf(drawing)))
  expect(drawn.length).toBeGreaterThan(12)
  expect(drawn.filter((path) => !all.some((one) => one === path || one.startsWith(`${path}/`)))).toEqual([])
})

test.each([
  ['linux-folder', `algiers-${VERSION}-linux-x64.tar.gz`, `algiers-${VERSION}-linux-x64`],
  ['windows-folder', `algiers-${VERSION}-win-x64.zip`, 'Algiers'],
])('%s shows all that lies at the top', (name, archive, top) => {
  const here = new Set(inside.get(archive)!.map((path) => path.split('/').slice(0, 2).join('/')))
  const drawn = pathsIn(svgOf(DRAWINGS.find((drawing) => drawing.name === name)!))
  expect(drawn.toSorted()).toEqual([...here].toSorted())
  expect([...here].every((path) => path.startsWith(`${top}/`))).toBe(true)
})

test('no two things at the top of the folder for Windows are called the same, once Explorer has hidden their endings', () => {
  const names = inside.get(`algiers-${VERSION}-win-x64.zip`)!.map((path) => path.split('/')[1]!)
  const shown = [...new Set(names)].map((name) => name.replace(/\.\w+$/, '').toLowerCase())
  expect(new Set(shown).size).toBe(shown.length)
})

/** All that a drawing says, as one line. */
const wordsOf = (svg: string): string =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words!.replaceAll('&amp;', '&')).join(' ')

test('the downloads, and the places in them, that the guide names are there', () => {
  const named = [...GUIDE.matchAll(/`(?:sudo apt install \.\/)?(algiers[-_]…[^`]*)`/g)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((name) => !inside.has(name.replace('…', VERSION)))).toEqual([])
  const paths = [...inside.values()].flat()
  const places = [...GUIDE.matchAll(/`((?:Algiers\.app|bin|setup|app|runtime)[\\/][^`]*)`/g)].map(([, place]) => place!)
  expect(places).toContain('bin\\algiers.cmd')
  expect(places.filter((place) => !paths.some((path) => path.endsWith(place.replaceAll('\\', '/'))))).toEqual([])
})

describe.each(['macOS', 'Windows'])('what the guide says of %s', (system) => {
  const part = GUIDE.split(`\n## ${system}\n`)[1]!
    .split('\n## ')[0]!
    .replace(/!\[.*\]\(.*\)/g, '')
  const drawn = DRAWINGS.filter(({ name }) => name.startsWith(system.toLowerCase())).map(svgOf)

  test('quotes words that are drawn', () => {
    const quoted = [...part.replace(/\s+/g, ' ').matchAll(/“([^”]*)”/g)].map(([, words]) => words!)
    expect(quoted.length).toBeGreaterThan(3)
    const said = drawn.map(wordsOf).join(' ')
    expect(quoted.filter((words) => !said.includes(words.replace(/…$/, '')))).toEqual([])
  })

  test('opens what is drawn as a part of the package', () => {
    const names = new Set([...part.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!))
    const shown = drawn.flatMap((svg) => [...svg.matchAll(/ data-path="[^"]*">([^<]*)</g)].map(([, name]) => name!))
    expect(names.size).toBeGreaterThan(0)
    expect([...names].filter((name) => !shown.includes(name))).toEqual([])
  })
})
