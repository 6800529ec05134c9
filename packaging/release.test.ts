/** What a release page offers, built twice and taken apart; the Linux package is also installed and used in an empty Debian. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { binaryPlatform } from './binary-platform.ts'
import { beginDebianRoots } from './debian-root.fixture.ts'
import { describeDesktop } from './desktop-debian.fixture.ts'
import { describeEmptyDebian } from './empty-debian.fixture.ts'
import { ARCHIVES, LAYOUTS, STARTING, TOPS } from './layouts.fixture.ts'
import { PLATFORMS } from './platforms.ts'
import { type Archive, readArchive } from './read-archive.fixture.ts'
import { buildRelease, type Release, version } from './release.fixture.ts'

const MOST_BYTES = 90_000_000
const MOST_PATH_LENGTH = 130
/** Two cores build all packages in a minute; others may use them, too. */
const BUILD_MS = 900_000

let first: Release
let second: Release | undefined
beforeAll(async () => {
  beginDebianRoots()
  first = buildRelease()
  await first.built
  // The same again, with another zone and language, and files that nobody else may read.
  second = buildRelease({ TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', SOURCE_DATE_EPOCH: '1767225600' })
}, BUILD_MS)
afterAll(() => {
  first.remove()
  second?.remove()
})

const digestsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )

test('a release consists of these files, none over 90 MB, with their sums', () => {
  const names = [
    ...Object.values(ARCHIVES),
    `algiers_${version}_amd64.deb`,
    `algiers_${version}_arm64.deb`,
    ...PLATFORMS.map(({ name }) => `algiers-${version}-${name}.cdx.json`),
  ]
  expect(readdirSync(first.folder).sort()).toEqual([...names, 'SHA256SUMS'].sort())
  for (const name of names) expect(statSync(join(first.folder, name)).size, name).toBeLessThan(MOST_BYTES)
  const { SHA256SUMS: _, ...digests } = digestsIn(first.folder)
  const lines = readFileSync(join(first.folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')
  expect(Object.fromEntries(lines.map((line) => line.split('  ').reverse()))).toEqual(digests)
})

type Bill = { readonly components: readonly { readonly name: string; readonly version: string }[] }

describe.each(PLATFORMS.map(({ name, os, cpu }) => ({ name, os, cpu })))('$name', ({ name, os, cpu }) => {
  let archive: Archive
  const top = TOPS[name]!
  const modules = `${top}/app/node_modules`
  const text = (path: string): string => archive.get(path)!.bytes.toString()
  beforeAll(async () => {
    archive = await readArchive(join(first.folder, ARCHIVES[name]!))
  })
  afterAll(() => {
    archive = new Map()
  })

  test('brings Node, the native runtime and the watcher of this platform, and no binary of another', () => {
    const binaries = [...archive].flatMap(([path, { bytes }]) => {
      const found = binaryPlatform(bytes)
      return found === null ? [] : [[path, found] as const]
    })
    expect(binaries.filter(([, platform]) => platform !== name)).toEqual([])
    const paths = binaries.map(([path]) => path)
    expect(paths).toContain(`${top}/runtime/node${os === 'win32' ? '.exe' : ''}`)
    expect(paths).toContain(`${modules}/onnxruntime-node/bin/napi-v6/${os}/${cpu}/onnxruntime_binding.node`)
    expect(paths).toContain(`${modules}/@parcel/watcher-${os}-${cpu}${os === 'linux' ? '-glibc' : ''}/watcher.node`)
    expect(archive.get(`${top}/runtime/node${os === 'win32' ? '.exe' : ''}`)!.mode).toBe(0o755)
  })

  test('has the page, the engine and all that they come with, and nothing for developers', () => {
    const paths = [...archive.keys()]
    for (const path of ['lib/cli/main.js', 'dist/web/index.html', 'assets/ears/ears.onnx', 'package.json'])
      expect(paths).toContain(`${top}/app/${path}`)
    expect(paths).toContain(`${modules}/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm`)
    expect(paths.filter((path) => /\.(?:map|d\.ts)$|\/node_modules\/(?:typescript|vite|react)\//.test(path))).toEqual(
      [],
    )
  })

  test('lies as the system wants it', () => LAYOUTS[name]!(archive))

  test('can be unpacked anywhere, and only what starts it may be run', () => {
    const paths = [...archive.keys()]
    // macOS and Windows take capital letters for small ones.
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
    // Windows has 259 characters for a path, of which the place where it is unpacked may take half.
    expect(paths.filter((path) => path.length > MOST_PATH_LENGTH)).toEqual([])
    expect(paths.filter((path) => /[<>:"|?*\\\p{Cc}]|[ .](?:\/|$)|[^\p{ASCII}]/u.test(path))).toEqual([])
    const run = paths.filter((path) => archive.get(path)!.mode === 0o755)
    expect(run.toSorted()).toEqual(STARTING[name]!.toSorted())
  })

  test('names every package in its bill of materials, and its licence in one text', () => {
    const bill = JSON.parse(readFileSync(join(first.folder, `algiers-${version}-${name}.cdx.json`), 'utf8')) as Bill
    const listed = bill.components.map((component) => `${component.name} ${component.version}`)
    const manifests = [...archive.keys()].filter((path) =>
      /\/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    )
    expect(manifests.length).toBeGreaterThan(80)
    const shipped = manifests.map(
      (path) => JSON.parse(text(path)) as { readonly name: string; readonly version: string },
    )
    const unlisted = shipped.filter((one) => !listed.includes(`${one.name} ${one.version}`))
    expect(unlisted).toEqual([])
    expect(listed).toContainEqual(expect.stringMatching(/^react /))
    expect(listed).toContainEqual(expect.stringMatching(/^node-/))
    const licences = text(`${top}/LICENCES.txt`)
    expect(listed.filter((one) => !licences.includes(`\n${one} (`))).toEqual([])
  })
})

describeEmptyDebian(() => first)
describeDesktop(() => first)

test('the same sources give the same bytes', { timeout: BUILD_MS }, async () => {
  await second!.built
  expect(digestsIn(second!.folder)).toEqual(digestsIn(first.folder))
})
