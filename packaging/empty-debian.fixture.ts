import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/platform/store/database.ts'
import { migrations } from '../src/platform/store/migrations.ts'
import { type DebianRoot, openDebianRoot, whyNoDebian } from './debian-root.fixture.ts'
import { bring, HOME, install, LIBRARY, open, quit } from './installed.fixture.ts'
import { ARCHIVES, TOPS } from './layouts.fixture.ts'
import { type Release, version } from './release.fixture.ts'

/** A training, or a Debian that is made, on cores that others use, too. */
const LONG_MS = 900_000
const noDebian = whyNoDebian()

/** @param keep gets a model that was trained there */
export const describeEmptyDebian = (release: () => Release, keep: (bundle: Buffer) => void): void => {
  describe('in an empty Debian without Node or network', () => {
    let debian: DebianRoot
    beforeEach(({ skip }) => skip(noDebian !== null, noDebian ?? ''))
    beforeAll(async () => {
      if (noDebian !== null) return
      debian = await openDebianRoot('minimal')
    }, LONG_MS)
    afterAll(() => debian?.close())

    const asRoot = (...command: readonly string[]): void => {
      const { code, stderr } = debian.run(command, { user: 'root' })
      expect(code, stderr).toBe(0)
    }
    /** What opening a library that lies elsewhere comes to. */
    const openAt = (place: string) =>
      JSON.parse(debian.run(['env', `ALGIERS_DATA_DIR=${place}`, 'algiers', 'open', '--json']).stdout) as {
        readonly address?: string
        readonly error?: { readonly code: string; readonly hint: string }
      }
    const settled = async (url: string): Promise<Record<string, unknown>> =>
      expect
        .poll(() => debian.ask<Record<string, unknown>>(url), { timeout: LONG_MS, interval: 2000 })
        .toMatchObject({ status: expect.stringMatching(/^(?:completed|failed|cancelled)$/) as string })
        .then(() => debian.ask(url))

    test('the folder runs from where it was unpacked, through a link as well, on the native runtime', () => {
      bring(debian, release(), ARCHIVES['linux-x64']!, HOME)
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
      // What is set for other programs, and folders that are none.
      const odd = [
        'NODE_OPTIONS=--no-such',
        'NODE_PATH=/junk',
        'LD_LIBRARY_PATH=/junk',
        'TMPDIR=/junk',
        'LC_ALL=C',
        'HOME=here',
      ]
      expect(debian.run(['env', ...odd, 'XDG_DATA_HOME=data', program, 'library', 'where'])).toEqual({
        code: 0,
        stdout: `${LIBRARY}\n`,
        stderr: '',
      })
      expect(debian.run(['rm', '-r', `${HOME}/.local`]).code).toBe(0)
    })

    test('the folder runs from a disk that is read-only and under names that shells take apart; where it cannot, it says why', () => {
      const top = `${HOME}/${TOPS['linux-x64']}`
      const named = `${HOME}/It's "100%" $HOME; é`
      const moved = (name: string): string => {
        asRoot('mv', top, name)
        const { code, stdout, stderr } = debian.run([`${name}/algiers`, '--version'])
        asRoot('mv', name, top)
        return code === 0 ? stdout : `${code}: ${stderr}`
      }
      expect(moved(named.replace(';', ''))).toBe(`${version}\n`)
      // Without libatomic on the system, its own has to be found.
      expect(moved(named)).toContain('126: Algiers cannot start. Rename its folder')
      asRoot('mount', '--bind', top, '/mnt')
      try {
        for (const [options, said] of [
          ['ro', `${version}\n`],
          ['noexec', 'No program may be run from the folder /mnt.'],
        ] as const) {
          asRoot('mount', '-o', `remount,bind,${options}`, '/mnt')
          const { stdout, stderr } = debian.run(['sh', '/mnt/algiers', '--version'])
          expect(stdout + stderr).toContain(said)
        }
      } finally {
        asRoot('umount', '/mnt')
      }
    })

    test('the program that was installed and opened makes the demo library, trains on it, and says nothing of it in a report', {
      timeout: LONG_MS,
    }, async () => {
      install(debian, release())
      expect(debian.run(['dpkg', '--verify', 'algiers'], { user: 'root' })).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      })
      const types = debian.run(['cat', '/usr/share/mime/globs2', '/usr/share/applications/mimeinfo.cache']).stdout
      expect(types).toContain('application/x-algiers-model:*.algiers-model')
      expect(types).toContain('application/x-algiers-model=algiers.desktop;')
      expect(debian.run(['desktop-file-validate', '/usr/share/applications/algiers.desktop'])).toMatchObject({
        code: 0,
        stdout: '',
      })
      const { address, opened } = open(debian)
      // There is no screen here.
      expect(opened).toBeNull()
      const demo = debian.ask<{ job_id: string }>(`${address}/api/demo`, 'POST', { labelled: true })
      expect(await settled(`${address}/api/jobs/${demo.job_id}`)).toMatchObject({ status: 'completed', error: null })
      const training = debian.ask<{ job_id: string }>(`${address}/api/training/start`, 'POST', { seed: 1 })
      const trained = await settled(`${address}/api/training/jobs/${training.job_id}`)
      expect(trained).toMatchObject({ status: 'completed', model_version: 1 })
      expect(trained.accuracy).toBeGreaterThan(0.8)
      expect(debian.ask(`${address}/api/health`)).toMatchObject({
        status: 'ok',
        version,
        tracks: 24,
        not_analysed: 0,
      })
      keep(debian.download(`${address}/api/training/models/1/export`))
      const report = debian.download(`${address}/api/report`).toString()
      expect(report).toContain(`Algiers ${version}`)
      const { tracks } = debian.ask<{ tracks: readonly { title: string }[] }>(`${address}/api/tracks?limit=100`)
      for (const name of [HOME, LIBRARY, ...tracks.map(({ title }) => title)]) expect(report).not.toContain(name)
      await quit(debian, address)
    })

    test('a disk that is full, a home that cannot be written and a library in use are told in plain words, and harm nothing', async () => {
      asRoot('mkdir', '-p', `${HOME}/full`, `${HOME}/closed`)
      asRoot('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=777', 'full', `${HOME}/full`)
      asRoot('mount', '-t', 'tmpfs', '-o', 'ro', 'closed', `${HOME}/closed`)
      expect(openAt(`${HOME}/full/library`).error).toMatchObject({ code: 'STORAGE_FULL' })
      expect(openAt(`${HOME}/closed/library`).error).toMatchObject({ code: 'DATA_DIR_UNWRITABLE' })
      asRoot('mount', '-o', 'remount,size=64m', `${HOME}/full`)
      const mended = openAt(`${HOME}/full/library`)
      expect(mended.error).toBeUndefined()
      // The usual port is in use by then.
      const { address } = open(debian)
      expect(address).not.toBe(mended.address)
      expect(debian.ask(`${address}/api/health`)).toMatchObject({ tracks: 24 })
      debian.ask(`${mended.address}/api/quit`, 'POST')
      await quit(debian, address)
    })

    test('a library of the version before is copied, then brought up to date; without room for the copy, or of a newer version, it is left as it is', () => {
      asRoot('mkdir', '-p', `${HOME}/small`)
      asRoot('mount', '-t', 'tmpfs', '-o', 'size=6m,mode=777', 'small', `${HOME}/small`)
      const older = mkdtempSync(join(debian.folder, HOME, 'older-'))
      const place = `${HOME}/small/library`
      const before = migrations.length - 1
      const old = openDatabase({
        path: join(older, 'algiers.db'),
        backups: older,
        migrations: migrations.slice(0, before),
      })
      old.exec(`
          INSERT INTO tracks (id, audio_digest, tags, added_at) VALUES (1, '1', '{}', '');
          INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at) VALUES (1, 0, 32, 'drop', 'user', '');
          CREATE TABLE ballast (bytes BLOB);
          INSERT INTO ballast VALUES (randomblob(3000000))`)
      old.close()
      asRoot('mv', older.slice(debian.folder.length), place)
      asRoot('chown', '-R', 'dj:dj', place)
      /** How many steps a library has had, and how many labels it has; its disk is seen from inside alone. */
      const stateOf = (file: string): object => {
        asRoot('cp', file, '/root/seen.db')
        const database = new DatabaseSync(join(debian.folder, 'root', 'seen.db'))
        const [{ user_version: steps }, { labels }] = [
          'PRAGMA user_version',
          'SELECT count(*) AS labels FROM labels',
        ].map((sql) => database.prepare(sql).get()) as [{ user_version: number }, { labels: number }]
        database.close()
        return { steps, labels }
      }
      const copies = (): readonly string[] =>
        debian
          .run(['ls', '-A', `${place}/backups`])
          .stdout.split('\n')
          .filter((name) => name.includes('schema'))
      expect(install(debian, release())).toContain(`Unpacking algiers (${version}) over (${version})`)
      expect(openAt(place).error).toMatchObject({ code: 'STORAGE_FULL' })
      expect([stateOf(`${place}/algiers.db`), copies()]).toEqual([{ steps: before, labels: 1 }, []])
      asRoot('mount', '-o', 'remount,size=64m', `${HOME}/small`)
      const examine = ['env', `ALGIERS_DATA_DIR=${place}`, 'algiers', 'doctor', '--json']
      expect(debian.run(examine)).toMatchObject({ code: 0 })
      expect(stateOf(`${place}/algiers.db`)).toEqual({ steps: migrations.length, labels: 1 })
      expect(copies().map((name) => stateOf(`${place}/backups/${name}`))).toEqual([{ steps: before, labels: 1 }])
      const newer = openDatabase({
        path: join(debian.folder, 'root', 'seen.db'),
        backups: join(debian.folder, 'root'),
        migrations: [...migrations, 'CREATE TABLE later (id INTEGER)'],
      })
      newer.close()
      asRoot('cp', '/root/seen.db', `${place}/algiers.db`)
      expect(openAt(place).error).toMatchObject({
        code: 'SCHEMA_TOO_NEW',
        hint: 'Update Algiers; nothing was changed.',
      })
      expect(stateOf(`${place}/algiers.db`)).toMatchObject({ steps: migrations.length + 1 })
    })

    test('removing the program while it runs ends it, leaves the library, and says where that is', async () => {
      open(debian)
      const { code, stdout } = debian.run(['dpkg', '--remove', 'algiers'], { user: 'root' })
      expect(code).toBe(0)
      expect(stdout).toContain('~/.local/share/algiers')
      await expect
        .poll(() => debian.run(['sh', '-c', 'readlink /proc/[0-9]*/exe']).stdout)
        .not.toContain('runtime/node')
      const log = readFileSync(join(debian.folder, LIBRARY, 'logs', 'algiers.log'), 'utf8')
      expect(log.trimEnd()).toMatch(/- Algiers stops serving$/)
      expect(
        debian.run(['sh', '-c', 'ls -d /usr/lib/algiers /usr/bin/algiers /usr/share/applications/algiers.desktop'])
          .stdout,
      ).toBe('')
      expect(
        debian.run(['cat', '/usr/share/mime/globs2', '/usr/share/applications/mimeinfo.cache']).stdout,
      ).not.toContain('algiers')
      expect(statSync(join(debian.folder, LIBRARY, 'algiers.db')).size).toBeGreaterThan(0)
    })
  })
}
