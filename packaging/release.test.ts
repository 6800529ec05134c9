/** What a release page offers, built twice and taken apart; the Linux package is also installed and used in an empty Debian. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/platform/store/database.ts'
import { migrations } from '../src/platform/store/migrations.ts'
import { binaryPlatform } from './binary-platform.ts'
import { type DebianRoot, openDebianRoot, whyNoDebian } from './debian-root.fixture.ts'
import { ARCHIVES, LAYOUTS, TOPS } from './layouts.fixture.ts'
import { PLATFORMS } from './platforms.ts'
import { type Archive, readArchive } from './read-archive.fixture.ts'
import { buildRelease, type Release, version } from './release.fixture.ts'

const MOST_BYTES = 90_000_000
/** Two cores build all packages in a minute; others may use them, too. */
const BUILD_MS = 900_000

let first: Release
let second: Release | undefined
beforeAll(async () => {
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

const noDebian = whyNoDebian()
const HOME = '/home/dj'
const LIBRARY = `${HOME}/.local/share/algiers`
const ADDRESS = 'http://127.0.0.1:4747'

describe.skipIf(noDebian !== null)(
  `in an empty Debian without Node or network${noDebian ? `: ${noDebian}` : ''}`,
  () => {
    let debian: DebianRoot
    beforeAll(async () => {
      debian = await openDebianRoot('minimal')
    }, BUILD_MS)
    afterAll(() => debian?.close())

    const bring = (name: string, place: string): void =>
      cpSync(join(first.folder, name), join(debian.folder, place, name))
    const install = (): string => {
      const { code, stdout, stderr } = debian.run(['dpkg', '-i', `/root/algiers_${version}_amd64.deb`], {
        user: 'root',
      })
      expect(code, stderr).toBe(0)
      return stdout
    }
    /** Serves as the ordinary user while something is done. */
    const whileServing = async (use: () => Promise<void> | void): Promise<void> => {
      const server = await debian.serve(['algiers', 'serve', '--no-open', '--port', '4747'])
      await use()
      expect(await server.end()).toBe(0)
    }
    const settled = async (path: string): Promise<Record<string, unknown>> =>
      expect
        .poll(() => debian.ask<Record<string, unknown>>(`${ADDRESS}${path}`), { timeout: BUILD_MS, interval: 2000 })
        .toMatchObject({ status: expect.stringMatching(/^(?:completed|failed|cancelled)$/) as string })
        .then(() => debian.ask(`${ADDRESS}${path}`))

    test('the folder runs from where it was unpacked, through a link as well, on the native runtime', () => {
      bring(ARCHIVES['linux-x64']!, HOME)
      expect(debian.run(['tar', 'xzf', ARCHIVES['linux-x64']!], { cwd: HOME }).code).toBe(0)
      expect(debian.run(['sh', '-c', 'command -v node'])).toMatchObject({ code: 127, stdout: '' })
      const program = `${HOME}/${TOPS['linux-x64']}/algiers`
      expect(debian.run(['ln', '-s', program, `${HOME}/linked`]).code).toBe(0)
      expect(debian.run([`${HOME}/linked`, '--version'], { cwd: '/tmp' })).toEqual({
        code: 0,
        stdout: `${version}\n`,
        stderr: '',
      })
      const { stdout } = debian.run([program, 'doctor', '--json'])
      const { checks } = JSON.parse(stdout) as { checks: readonly { name: string; detail: string }[] }
      expect(checks.find(({ name }) => name === 'sound tags')?.detail).toContain('runs on cpu')
      expect(debian.run(['rm', '-r', `${HOME}/.local`]).code).toBe(0)
    })

    test('the installed program makes the demo library, and trains on it', { timeout: BUILD_MS }, async () => {
      bring(`algiers_${version}_amd64.deb`, '/root')
      install()
      expect(debian.run(['dpkg', '--verify', 'algiers'], { user: 'root' })).toEqual({ code: 0, stdout: '', stderr: '' })
      const types = debian.run(['cat', '/usr/share/mime/globs2', '/usr/share/applications/mimeinfo.cache']).stdout
      expect(types).toContain('application/x-algiers-model:*.algiers-model')
      expect(types).toContain('application/x-algiers-model=algiers.desktop;')
      expect(debian.run(['desktop-file-validate', '/usr/share/applications/algiers.desktop'])).toMatchObject({
        code: 0,
        stdout: '',
      })
      await whileServing(async () => {
        const demo = debian.ask<{ job_id: string }>(`${ADDRESS}/api/demo`, 'POST', { labelled: true })
        expect(await settled(`/api/jobs/${demo.job_id}`)).toMatchObject({ status: 'completed', error: null })
        const training = debian.ask<{ job_id: string }>(`${ADDRESS}/api/training/start`, 'POST', { seed: 1 })
        const trained = await settled(`/api/training/jobs/${training.job_id}`)
        expect(trained).toMatchObject({ status: 'completed', model_version: 1 })
        expect(trained.accuracy).toBeGreaterThan(0.8)
        expect(debian.ask(`${ADDRESS}/api/health`)).toMatchObject({
          status: 'ok',
          version,
          tracks: 24,
          not_analysed: 0,
        })
      })
    })

    test('a library of the version before is copied, then brought up to date; one of a newer version is refused', async () => {
      const place = mkdtempSync(join(debian.folder, HOME, 'library-'))
      const inside = `${HOME}/${basename(place)}`
      const path = join(place, 'algiers.db')
      const before = migrations.length - 1
      const old = openDatabase({ path, backups: place, migrations: migrations.slice(0, before) })
      old.exec(`
      INSERT INTO tracks (id, audio_digest, tags, added_at) VALUES (1, '1', '{}', '');
      INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at) VALUES (1, 0, 32, 'drop', 'user', '')`)
      old.close()
      /** How many steps a library has had, and how many labels it has. */
      const stateOf = (file: string): object => {
        const database = new DatabaseSync(file, { readOnly: true })
        const [{ user_version: steps }, { labels }] = [
          'PRAGMA user_version',
          'SELECT count(*) AS labels FROM labels',
        ].map((sql) => database.prepare(sql).get()) as [{ user_version: number }, { labels: number }]
        database.close()
        return { steps, labels }
      }
      expect(debian.run(['chown', '-R', 'dj:dj', inside], { user: 'root' }).code).toBe(0)
      expect(install()).toContain(`Unpacking algiers (${version}) over (${version})`)
      const examine = ['env', `ALGIERS_DATA_DIR=${inside}`, 'algiers', 'doctor', '--json']
      expect(debian.run(examine)).toMatchObject({ code: 0 })
      expect(stateOf(path)).toEqual({ steps: migrations.length, labels: 1 })
      const copies = readdirSync(join(place, 'backups')).filter((name) => name.startsWith(`algiers-schema-${before}-`))
      expect(copies.map((name) => stateOf(join(place, 'backups', name)))).toEqual([{ steps: before, labels: 1 }])
      const newer = openDatabase({
        path,
        backups: place,
        migrations: [...migrations, 'CREATE TABLE later (id INTEGER)'],
      })
      newer.close()
      const refused = debian.run(examine)
      expect(refused.code).not.toBe(0)
      expect(refused.stdout).toContain('SCHEMA_TOO_NEW')
    })

    test('removing the program leaves the library, and says where it is', () => {
      const { code, stdout } = debian.run(['dpkg', '--remove', 'algiers'], { user: 'root' })
      expect(code).toBe(0)
      expect(stdout).toContain('~/.local/share/algiers')
      expect(
        debian.run(['sh', '-c', 'ls -d /usr/lib/algiers /usr/bin/algiers /usr/share/applications/algiers.desktop'])
          .stdout,
      ).toBe('')
      expect(
        debian.run(['cat', '/usr/share/mime/globs2', '/usr/share/applications/mimeinfo.cache']).stdout,
      ).not.toContain('algiers')
      expect(statSync(join(debian.folder, LIBRARY, 'algiers.db')).size).toBeGreaterThan(0)
    })
  },
)

describe.skipIf(noDebian !== null)(`on a Debian with a screen and a browser${noDebian ? `: ${noDebian}` : ''}`, () => {
  let debian: DebianRoot
  beforeAll(async () => {
    debian = await openDebianRoot('desktop')
  }, BUILD_MS)
  afterAll(() => debian?.close())

  test('the installed program opens a window of the browser, and a second start brings that to the front', async () => {
    const name = `algiers_${version}_amd64.deb`
    cpSync(join(first.folder, name), join(debian.folder, 'root', name))
    expect(debian.run(['dpkg', '-i', `/root/${name}`], { user: 'root' })).toMatchObject({ code: 0 })
    const screen =
      '(Xvfb :7 -screen 0 1280x800x24 > /dev/null 2>&1 &); until [ -e /tmp/.X11-unix/X7 ]; do sleep 0.1; done; (DISPLAY=:7 openbox > /dev/null 2>&1 &)'
    expect(debian.run(['sh', '-c', screen]).code).toBe(0)
    const open = (): { readonly address: string; readonly opened: string } => {
      const { code, stdout, stderr } = debian.run(['env', 'DISPLAY=:7', 'algiers', 'open', '--json'])
      expect(code, stderr).toBe(0)
      return JSON.parse(stdout)
    }
    const { address, opened } = open()
    expect(opened).toBe('window')
    // The page in the window answers.
    await expect.poll(() => debian.ask(`${address}/api/front`, 'POST'), { interval: 500 }).toEqual({ came: true })
    // A page that takes too long to answer on a busy machine is given a window once more.
    await expect.poll(open, { interval: 1000 }).toEqual({ address, opened: 'front' })
    debian.ask(`${address}/api/quit`, 'POST')
    await expect.poll(() => debian.run(['sh', '-c', 'readlink /proc/[0-9]*/exe']).stdout).not.toContain('runtime/node')
  })
})

test('the same sources give the same bytes', { timeout: BUILD_MS }, async () => {
  await second!.built
  expect(digestsIn(second!.folder)).toEqual(digestsIn(first.folder))
})
