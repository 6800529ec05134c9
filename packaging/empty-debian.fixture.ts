import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { houseTrack, writeTrack } from '../e2e/dance-tracks.fixture.ts'
import { type DebianRoot, openDebianRoot, whyNoDebian } from './debian-root.fixture.ts'
import { asRoot, beginAnew, bring, HOME, install, LIBRARY, open, openAt, quit } from './installed.fixture.ts'
import { ARCHIVES, TOPS } from './layouts.fixture.ts'
import { type Release, version } from './release.fixture.ts'

/** An analysis, or a Debian that is made, on cores that others use, too. */
const LONG_MS = 900_000
const noDebian = whyNoDebian()

/** Names as people give them. */
const FOLDER = 'Müsik “vom Törn” 🎧'
const TRACK = "Ödland It's(100%) 🔥Drøp"

export const describeEmptyDebian = (release: () => Release): void => {
  describe('in an empty Debian without Node or network', () => {
    let debian: DebianRoot
    beforeEach(({ skip }) => skip(noDebian !== null, noDebian ?? ''))
    beforeAll(async () => {
      if (noDebian !== null) return
      debian = await openDebianRoot('minimal')
    }, LONG_MS)
    afterAll(() => debian?.close())

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
        asRoot(debian, 'mv', top, name)
        const { code, stdout, stderr } = debian.run([`${name}/algiers`, '--version'])
        asRoot(debian, 'mv', name, top)
        return code === 0 ? stdout : `${code}: ${stderr}`
      }
      expect(moved(named.replace(';', ''))).toBe(`${version}\n`)
      // Without libatomic on the system, its own has to be found.
      expect(moved(named)).toContain('126: Algiers cannot start. Rename its folder')
      asRoot(debian, 'mount', '--bind', top, '/mnt')
      try {
        for (const [options, said] of [
          ['ro', `${version}\n`],
          ['noexec', 'No program may be run from the folder /mnt.'],
        ] as const) {
          asRoot(debian, 'mount', '-o', `remount,bind,${options}`, '/mnt')
          const { stdout, stderr } = debian.run(['sh', '/mnt/algiers', '--version'])
          expect(stdout + stderr).toContain(said)
        }
      } finally {
        asRoot(debian, 'umount', '/mnt')
      }
    })

    test('the program that was installed and opened analyses a folder of music, and says nothing of it in a report', {
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
      const music = `${HOME}/${FOLDER}`
      mkdirSync(join(debian.folder, music), { recursive: true })
      await writeTrack(join(debian.folder, music, `${TRACK}.wav`), { ...houseTrack(3), title: TRACK })
      await beginAnew(debian)
      const { address, opened } = open(debian)
      // There is no screen here.
      expect(opened).toBeNull()
      debian.ask(`${address}/api/roots`, 'POST', { path: music })
      debian.ask(`${address}/api/scan`, 'POST', { analyse: true })
      await expect
        .poll(() => debian.ask(`${address}/api/health`), { timeout: LONG_MS, interval: 1000 })
        .toMatchObject({ status: 'ok', version, tracks: 1, not_analysed: 0, unreadable: 0, failed: 0 })
      const { tracks } = debian.ask<{ tracks: readonly { title: string; tempo_bpm: number }[] }>(
        `${address}/api/tracks`,
      )
      expect(tracks.map(({ title, tempo_bpm: bpm }) => [title, Math.round(bpm)])).toEqual([
        [TRACK, Math.round(houseTrack(3).bpm)],
      ])
      const report = debian.download(`${address}/api/report`).toString()
      expect(report).toContain(`Algiers ${version}`)
      for (const name of [HOME, LIBRARY, ...FOLDER.split(' '), ...TRACK.split(' ')]) expect(report).not.toContain(name)
      await quit(debian, address)
    })

    test('a disk that is full, a home that cannot be written and a library in use are told in plain words, and harm nothing', async () => {
      asRoot(debian, 'mkdir', '-p', `${HOME}/full`, `${HOME}/closed`)
      asRoot(debian, 'mount', '-t', 'tmpfs', '-o', 'size=64k,mode=777', 'full', `${HOME}/full`)
      asRoot(debian, 'mount', '-t', 'tmpfs', '-o', 'ro', 'closed', `${HOME}/closed`)
      expect(openAt(debian, `${HOME}/full/library`).error).toMatchObject({ code: 'STORAGE_FULL' })
      expect(openAt(debian, `${HOME}/closed/library`).error).toMatchObject({ code: 'DATA_DIR_UNWRITABLE' })
      asRoot(debian, 'mount', '-o', 'remount,size=64m', `${HOME}/full`)
      const mended = openAt(debian, `${HOME}/full/library`)
      expect(mended.error).toBeUndefined()
      // The usual port is in use by then.
      const { address } = open(debian)
      expect(address).not.toBe(mended.address)
      expect(debian.ask(`${address}/api/health`)).toMatchObject({ tracks: 1 })
      debian.ask(`${mended.address}/api/quit`, 'POST')
      await quit(debian, address)
    })
  })
}
