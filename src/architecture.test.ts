/** The layout of the code as rules that fail with their reason. Imports are found by regular expressions, on source without comments. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { expect, test } from 'vitest'

/** Floors from the ground up, and the rooms of each in their order. */
const FLOORS = {
  core: [
    'units',
    'support',
    'library',
    'audio',
    'beats',
    'features',
    'tags',
    'quality',
    'similarity',
    'labels',
    'suggestions',
    'models',
    'evaluation',
    'training',
    'sections',
    'setlist',
    'mixing',
    'interop',
  ],
  platform: ['store', 'decoding', 'mixing', 'tagging', 'watching', 'desktop', 'inference', 'workers', 'catalogue'],
  engine: [
    'kit',
    'jobs',
    'analysis',
    'versions',
    'collection',
    'reading',
    'labelling',
    'exchange',
    'sounds',
    'sets',
    'upkeep',
    'catalogue',
  ],
} as const
/** What stands at the doors lies beside the floors; the page has rooms as a floor has. */
const ROOMS_OF_WEB =
  'kit queries player waveform library exchange desk training audition sets graph teaching settings shell'.split(' ')
const ROOMS: Readonly<Record<string, readonly string[]>> = { ...FLOORS, demo: [], api: [], web: ROOMS_OF_WEB, cli: [] }
const ORDER: readonly string[] = Object.entries(ROOMS).flatMap(([name, rooms]) =>
  rooms.length === 0 ? [name] : rooms.map((room) => `${name}/${room}`),
)
const WITH_HEADER: readonly string[] = ['audio', 'beats', 'features', 'evaluation', 'training', 'sections'].map(
  (room) => `core/${room}`,
)
/** Doors that reach the engine through `app.ts` and `tools.ts` alone. */
const THROUGH_APP: readonly string[] = ['api', 'cli']
/** What a door may import all the same, with the reason. */
const OPEN_TO_DOORS: ReadonlySet<string> = new Set([
  // A constant of the package: nothing has to be opened to tell the version.
  'engine/kit/package-manifest.ts',
  // How an id of a job is written: it touches no library.
  'engine/kit/job.ts',
  // Where a path lies, and the one rule by which a file is opened: they hold wherever audio is read.
  'platform/decoding/library-place.ts',
  'platform/decoding/open-plainly.ts',
  // An error that carries the labels as they are now.
  'engine/labelling/labels-changed.ts',
  // The secret of the server itself.
  'platform/store/access-token.ts',
  // How a file is read that may be anything.
  'platform/store/regular-file.ts',
  // Where the parts of a library lie.
  'platform/store/data-directory.ts',
  // Where a process stands that goes on by itself.
  'platform/desktop/resting-place.ts',
])
const MOST_LINES = 300
const RUNS_IN_BROWSER = /^(?:web|api\/operations)\//
const MOST_APP_LINES = 119
const VAGUE_NAME = /(?:^|[-.])(?:util|helper|common|misc|manager|service)s?(?:[-.]|$)/
const DEFINES_FUNCTION = /\bconst \w+ = (?:async )?(?:<.*>)?\(/
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+(?:-[a-z]+)*)*$/

/** Paths are relative to `src/`, with slashes. */
type SourceFile = { readonly path: string; readonly text: string }
type Rule = { readonly reason: string; readonly violations: (file: SourceFile) => readonly string[] }

/** `core/beats` for what lies in a room, `api` for what lies at a door, '' for what lies beside them, as the entry of the page does. */
const folderOf = (path: string): string => {
  const [first, second, third] = path.split('/')
  if (second === undefined || path === 'web/main.tsx') return ''
  return (ROOMS[first!] ?? []).length > 0 && third !== undefined ? `${first}/${second}` : first!
}
const isTest = ({ path }: SourceFile): boolean => /\.(?:test|fixture|test-fixture)\.tsx?$/.test(path)
const isDeclaration = ({ path }: SourceFile): boolean => path.endsWith('.d.ts')
const isPure = ({ path }: SourceFile): boolean => path.startsWith('core/')
const isProduct = (file: SourceFile): boolean => !isTest(file) && !isDeclaration(file)

/** A URL's slashes are no comment: the two slashes must follow a blank or begin the line. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const IMPORTS = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
] as const
const importsOf = ({ text }: SourceFile): string[] =>
  IMPORTS.flatMap((pattern) => [...withoutComments(text).matchAll(pattern)].map(([, name]) => name!))

/** Types are gone at run time; `import { type X }` still loads the file. */
const withoutTypeImports = (file: SourceFile): SourceFile => ({
  ...file,
  text: withoutComments(file.text).replace(/^\s*(?:import|export)\s+type\b[^'"`;]*?\bfrom\s*['"][^'"]+['"]/gm, ''),
})

const findAll = (text: string, pattern: RegExp): string[] =>
  [...withoutComments(text).matchAll(pattern)].map(([found]) => found)

const importViolations = (file: SourceFile): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file.path), name))
    .filter((target) => !target.startsWith('..'))
    .flatMap((target) => {
      const [from, to] = [folderOf(file.path), folderOf(target)]
      if (from === '' || from === to) return []
      if (to === '') return from === 'cli' || from === 'api' ? [] : [`imports ${target}`]
      const isAbove = ORDER.indexOf(to) >= 0 && ORDER.indexOf(to) < ORDER.indexOf(from)
      return isAbove ? [] : [`imports ${target}`]
    })

const RULES: Readonly<Record<string, Rule>> = {
  'a folder imports only folders above it': {
    reason: 'the order of src/README.md keeps every part readable and testable without what is built on it',
    violations: (file) => (isProduct(file) ? importViolations(file) : []),
  },
  'pure folders have no effects': {
    reason: 'they run in threads, in the browser and in tests alike, and give the same result every time',
    violations: (file) =>
      !isPure(file) || isTest(file)
        ? []
        : [
            ...importsOf(file).filter((name) => name.startsWith('node:')),
            ...findAll(
              file.text,
              /\b(?:Date\.now|new Date\(\)|performance\.now|Math\.random|console\.\w+|process\.\w+|localStorage|document\.\w+\()/g,
            ),
          ],
  },
  'web/ and api/operations/ see pure folders and the operations of the API': {
    reason: 'what runs in the browser reaches the engine through HTTP alone',
    violations: (file) =>
      !RUNS_IN_BROWSER.test(file.path) || isTest(file)
        ? []
        : importsOf(file)
            .filter((name) => name.startsWith('node:') || name.startsWith('.'))
            .map((name) => (name.startsWith('node:') ? name : posix.join(posix.dirname(file.path), name)))
            .filter((target) => !target.startsWith('core/') && !RUNS_IN_BROWSER.test(target)),
  },
  'doors reach the engine through app.ts': {
    reason: 'what a door can do stands in one place, and another back end can stand behind it; types are free',
    violations: (file) =>
      !isProduct(file) || !THROUGH_APP.includes(folderOf(file.path))
        ? []
        : importsOf(withoutTypeImports(file))
            .map((name) => posix.join(posix.dirname(file.path), name))
            .filter((target) => /^(?:engine|platform)\//.test(target) && !OPEN_TO_DOORS.has(target)),
  },
  'only store/ knows SQLite': {
    reason: 'one thread and one folder own a database, so that a schema change has one place',
    violations: (file) =>
      isTest(file) || folderOf(file.path) === 'platform/store'
        ? []
        : [
            ...importsOf(file).filter((name) => name === 'node:sqlite'),
            ...findAll(
              folderOf(file.path) === 'platform/catalogue' ? '' : file.text,
              /\b(?:SELECT\s+[\w*,\s]+\s+FROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+TABLE)\b/g,
            ),
          ],
  },
  'only decoding/ starts ffmpeg': {
    reason: 'limits of time and memory, and the way without it, are kept in one place',
    violations: (file) =>
      isTest(file) || folderOf(file.path) === 'platform/decoding' || !importsOf(file).includes('node:child_process')
        ? []
        : findAll(file.text, /['"`]ff(?:mpeg|probe)['"`]/g),
  },
  [`no file has more than ${MOST_LINES} lines`]: {
    reason: 'a file that long holds two things: split it',
    violations: ({ text }) => {
      const lines = text.split('\n').length - 1
      return lines > MOST_LINES ? [`${lines} lines`] : []
    },
  },
  [`app.ts has at most ${MOST_APP_LINES} lines`]: {
    reason: 'it puts things together; a rule belongs in the actions of its noun',
    violations: ({ path, text }) => {
      const lines = text.split('\n').length - 1
      return path === 'app.ts' && lines > MOST_APP_LINES ? [`${lines} lines`] : []
    },
  },
  'exports have names': {
    reason: 'a default export is called something else by everyone who imports it',
    violations: (file) => (isDeclaration(file) ? [] : findAll(file.text, /^export\s+default\b|\bas\s+default\b/gm)),
  },
  'names say what is inside': {
    reason:
      'kebab-case after the main export; utils, helpers, common, misc, manager and service say nothing, index.ts hides',
    violations: ({ path }) =>
      path
        .split('/')
        .filter((name) => VAGUE_NAME.test(name) || !KEBAB_CASE.test(name) || name === 'index.ts')
        .map((name) => `is called ${name}`),
  },
  'files that compute begin with @file': {
    reason: 'aim, method with its source, and conventions come before the code; files of types alone need none',
    violations: (file) =>
      !isProduct(file) ||
      !WITH_HEADER.includes(folderOf(file.path)) ||
      !DEFINES_FUNCTION.test(file.text) ||
      /^\/\*\*\s(?:\* )?\s*(?:\* )?@file /.test(file.text)
        ? []
        : ['has no @file header'],
  },
}

const SOURCE = import.meta.dirname
const readSources = (): SourceFile[] =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') || name.endsWith('.tsx'))
    .map((name) => ({ path: name.split(sep).join('/'), text: readFileSync(join(SOURCE, name), 'utf8') }))
const sources = readSources()

test.each(Object.entries(RULES))('%s', (_name, { reason, violations }) => {
  const found = sources.flatMap((file) => violations(file).map((violation) => `src/${file.path} ${violation}`))
  expect(found, `${reason}:\n${found.join('\n')}\n`).toEqual([])
})

test('every folder is in src/README.md, in the order of the import rule, and none that is not there', () => {
  const folders = [...new Set(sources.map(({ path }) => folderOf(path)))].filter((name) => name !== '')
  const described = [...readFileSync(join(SOURCE, 'README.md'), 'utf8').matchAll(/^- `([a-z/]+)\/` \S/gm)].map(
    ([, name]) => name!,
  )
  expect(described).toEqual(ORDER.filter((name) => folders.includes(name)))
  expect(folders.filter((name) => !ORDER.includes(name))).toEqual([])
})

test.each([
  ['a folder imports only folders above it', 'core/labels/a.ts', "import { x } from '../training/x.ts'"],
  ['a folder imports only folders above it', 'core/labels/a.ts', "import type {\n  X,\n} from '../training/x.ts'"],
  ['a folder imports only folders above it', 'core/labels/a.ts', "const x = await import('../../platform/store/x.ts')"],
  ['a folder imports only folders above it', 'core/labels/a.ts', "export { x } from '../unheard-of/x.ts'"],
  ['a folder imports only folders above it', 'web/queries/a.ts', "import { x } from '../shell/x.tsx'"],
  ['a folder imports only folders above it', 'web/shell/a.ts', "import { x } from '../main.tsx'"],
  ['a folder imports only folders above it', 'engine/jobs/a.ts', "import { openApp } from '../../app.ts'"],
  ['pure folders have no effects', 'core/labels/a.ts', "import { join } from 'node:path'"],
  ['pure folders have no effects', 'core/beats/a.ts', 'const now = Date.now()'],
  ['pure folders have no effects', 'core/beats/a.ts', 'console.log(1) // why'],
  [
    'web/ and api/operations/ see pure folders and the operations of the API',
    'api/operations/a.ts',
    "import { x } from '../views/x.ts'",
  ],
  ['doors reach the engine through app.ts', 'cli/a.ts', "import { x } from '../engine/kit/x.ts'"],
  ['doors reach the engine through app.ts', 'cli/a.ts', "import { type X } from '../engine/kit/x.ts'"],
  ['doors reach the engine through app.ts', 'cli/commands/a.ts', "const x = await import('../../platform/store/x.ts')"],
  ['only store/ knows SQLite', 'engine/jobs/a.ts', 'const sql = `SELECT id, name\n FROM tracks`'],
  ['only store/ knows SQLite', 'engine/jobs/a.ts', "import { DatabaseSync } from 'node:sqlite'"],
  ['only decoding/ starts ffmpeg', 'engine/jobs/a.ts', "import { spawn } from 'node:child_process'\nspawn('ffmpeg')"],
  [`no file has more than ${MOST_LINES} lines`, 'core/labels/a.ts', '\n'.repeat(MOST_LINES + 1)],
  [`app.ts has at most ${MOST_APP_LINES} lines`, 'app.ts', '\n'.repeat(MOST_APP_LINES + 1)],
  ['exports have names', 'core/labels/a.ts', 'export default 1'],
  ['names say what is inside', 'core/labels/label-utils.ts', ''],
  ['names say what is inside', 'core/labels/LabelStore.ts', ''],
  ['names say what is inside', 'helpers/a.ts', ''],
  [
    'files that compute begin with @file',
    'core/beats/a.ts',
    '/** Beats. */\nexport const twice = (x: number): number => 2 * x',
  ],
])('the rule "%s" catches %s with %j', (name, path, text) => {
  expect(RULES[name]!.violations({ path, text })).toHaveLength(1)
})

test.each([
  ['core/labels/a.ts', "import { x } from '../units/x.ts'\nimport { y } from './y.ts'\nimport { z } from 'zod'"],
  ['core/labels/a.ts', "// import { x } from '../../platform/store/x.ts'\nconst url = 'https://example.org'"],
  ['cli/a.ts', "const { openApp } = await import('../app.ts')"],
  ['cli/a.ts', "import type { X } from '../engine/kit/x.ts'\nimport { y } from '../core/units/y.ts'"],
  ['cli/a.ts', "import { packageManifest } from '../engine/kit/package-manifest.ts'"],
  ['core/beats/a.ts', '/** @file Aim. */\nconst one = () => 1'],
  ['core/beats/a.ts', '/** A unit. */\nexport type Twice = (beats: number) => number'],
  ['core/beats/a.ts', '/**\n * @file Aim.\n */'],
])('%s with %j breaks no rule', (path, text) => {
  expect(Object.values(RULES).flatMap(({ violations }) => violations({ path, text }))).toEqual([])
})
