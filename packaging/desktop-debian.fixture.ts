import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DebianRoot, openDebianRoot, whyNoDebian } from './debian-root.fixture.ts'
import { bring, HOME, install, open, quit } from './installed.fixture.ts'
import { ARCHIVES, TOPS } from './layouts.fixture.ts'
import type { Release } from './release.fixture.ts'

const MADE_WITHIN_MS = 900_000
const noDebian = whyNoDebian()
const SCREEN = 'DISPLAY=:7'
const START_SCREEN = `(Xvfb :7 -screen 0 1280x800x24 > /dev/null 2>&1 &)
until [ -e /tmp/.X11-unix/X7 ]; do sleep 0.1; done
(${SCREEN} openbox > /dev/null 2>&1 &)`
/** As a file manager of GNOME opens a file; each desktop has its own way, which all end at the entry of the program. */
const BY_THE_DESKTOP = ['env', SCREEN, 'XDG_CURRENT_DESKTOP=GNOME', 'xdg-open']
const BUNDLE = `${HOME}/From a friend.algiers-model`
const OFFER = 'Import this model?'

/** @param bundle a model that was trained and exported before */
export const describeDesktop = (release: () => Release, bundle: () => Buffer): void => {
  describe('on a Debian with a screen and a browser', () => {
    let debian: DebianRoot
    beforeEach(({ skip }) => skip(noDebian !== null, noDebian ?? ''))
    beforeAll(async () => {
      if (noDebian !== null) return
      debian = await openDebianRoot('desktop')
      install(debian, release())
      writeFileSync(join(debian.folder, BUNDLE), bundle())
      expect(debian.run(['sh', '-c', START_SCREEN]).code).toBe(0)
    }, MADE_WITHIN_MS)
    afterAll(() => debian?.close())

    /** Title, name and class of each: by the class a desktop puts windows together, under the icon of the entry that names it. */
    const windows = (): string => debian.run(['env', SCREEN, 'xwininfo', '-root', '-tree']).stdout

    test('a model bundle that is double-clicked starts the program, which offers its import, and does so again while it runs', async () => {
      expect(debian.run(['xdg-mime', 'query', 'default', 'application/x-algiers-model']).stdout).toBe(
        'algiers.desktop\n',
      )
      expect(debian.run(['gio', 'info', '-a', 'standard::content-type', BUNDLE]).stdout).toContain(
        'application/x-algiers-model',
      )
      expect(debian.run([...BY_THE_DESKTOP, BUNDLE])).toMatchObject({ code: 0 })
      const offered = debian.see(OFFER, 'Import')
      expect(offered.text).toContain('From a friend.algiers-model')
      const { origin } = new URL(offered.address)
      const versions = (): readonly { readonly version: number }[] => debian.ask(`${origin}/api/training/models`)
      await expect.poll(() => versions().map(({ version }) => version)).toEqual([1])
      expect(debian.run([...BY_THE_DESKTOP, BUNDLE])).toMatchObject({ code: 0 })
      expect(debian.see(OFFER, 'Leave it').address).toContain(origin)
      expect(versions()).toHaveLength(1)
      await quit(debian, origin)
    })

    test('its entry in the menu opens a window under its own class, and a second start brings that to the front', async () => {
      const entry = '/usr/share/applications/algiers.desktop'
      expect(debian.run(['env', SCREEN, 'gio', 'launch', entry])).toMatchObject({ code: 0 })
      const { address } = debian.see('Welcome to Algiers')
      const { origin } = new URL(address)
      const [, wanted] = /^StartupWMClass=(.*)$/m.exec(debian.run(['cat', entry]).stdout)!
      await expect.poll(windows).toMatch(new RegExp(`"Library – Algiers": \\("[^"]+" "${wanted}"\\)`))
      // A page that takes too long to answer on a busy machine is given a window once more.
      await expect.poll(() => open(debian, [SCREEN]), { interval: 1000 }).toEqual({ address: origin, opened: 'front' })
      await quit(debian, origin)
    })

    test('the unpacked program opens a window by a double-click that gives it no terminal', async () => {
      bring(debian, release(), ARCHIVES['linux-x64']!, HOME)
      expect(debian.run(['tar', 'xzf', ARCHIVES['linux-x64']!], { cwd: HOME }).code).toBe(0)
      const program = `${HOME}/${TOPS['linux-x64']}/algiers`
      const { code, stdout } = debian.run(['env', SCREEN, program])
      expect([code, stdout]).toEqual([0, expect.stringContaining('Algiers is open at http://127.0.0.1')])
      await quit(debian, new URL(debian.see('Welcome to Algiers').address).origin)
    })

    test('what keeps it from starting is told in a window', async () => {
      expect(debian.run(['mount', '-t', 'tmpfs', '-o', 'ro', 'closed', '/mnt'], { user: 'root' }).code).toBe(0)
      const start = `(env ${SCREEN} ALGIERS_DATA_DIR=/mnt/library algiers open > /dev/null 2>&1 &)`
      expect(debian.run(['sh', '-c', start]).code).toBe(0)
      // Its window has the profile of the person, which lets nobody look into it.
      await expect.poll(windows).toMatch(/"Algiers could not start": \("[^"]+" "Algiers"\)/)
    })

    test('with a browser that dies at once, or none at all, Algiers runs, and says where', () => {
      for (const change of ["printf '#!/bin/sh\\nkill -SEGV $$\\n' > /usr/bin/chromium", 'rm /usr/bin/chromium']) {
        expect(debian.run(['sh', '-c', change], { user: 'root' }).code).toBe(0)
        const { address } = open(debian, [SCREEN, `ALGIERS_DATA_DIR=${HOME}/other`])
        expect(debian.ask(`${address}/api/ready`)).toEqual({ ready: true })
      }
    })
  })
}
