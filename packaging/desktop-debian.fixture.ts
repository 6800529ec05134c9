import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { PATIENCE_MS } from '../e2e/patience.fixture.ts'
import { percentText } from '../src/core/units/percent-text.ts'
import { type DebianRoot, openDebianRoot, whyNoDebian } from './debian-root.fixture.ts'
import { beginAnew, bring, HOME, install, LIBRARY, open, quit } from './installed.fixture.ts'
import { ARCHIVES, TOPS } from './layouts.fixture.ts'
import { type Release, version } from './release.fixture.ts'
import { testUpdateAndRemoval } from './update-debian.fixture.ts'

/** A training, or a Debian that is made, on cores that others use, too. */
const LONG_MS = 900_000
const noDebian = whyNoDebian()
const SCREEN = 'DISPLAY=:7'
const START_SCREEN = `(Xvfb :7 -screen 0 1280x800x24 > /dev/null 2>&1 &)
until [ -e /tmp/.X11-unix/X7 ]; do sleep 0.1; done
(${SCREEN} openbox > /dev/null 2>&1 &)`
/** As a file manager of GNOME opens a file; each desktop has its own way, which all end at the entry of the program. */
const BY_THE_DESKTOP = ['env', SCREEN, 'XDG_CURRENT_DESKTOP=GNOME', 'xdg-open']
const BUNDLE = `${HOME}/From a friend.algiers-model`
const OFFER = 'Import this model?'

export const describeDesktop = (release: () => Release): void => {
  describe('on a Debian with a screen and a browser', () => {
    let debian: DebianRoot
    beforeEach(({ skip }) => skip(noDebian !== null, noDebian ?? ''))
    beforeAll(async () => {
      if (noDebian !== null) return
      debian = await openDebianRoot('desktop')
      install(debian, release())
      expect(debian.run(['sh', '-c', START_SCREEN]).code).toBe(0)
    }, LONG_MS)
    afterAll(() => debian?.close())

    /** Title, name and class of each: by the class a desktop puts windows together, under the icon of the entry that names it. */
    const windows = (): string => debian.run(['env', SCREEN, 'xwininfo', '-root', '-tree']).stdout

    const settled = async (url: string): Promise<Record<string, unknown>> =>
      expect
        .poll(() => debian.ask<Record<string, unknown>>(url), { timeout: LONG_MS, interval: 2000 })
        .toMatchObject({ status: expect.stringMatching(/^(?:completed|failed|cancelled)$/) as string })
        .then(() => debian.ask(url))

    test('an ordinary user opens its window, makes the demo library there, trains on it, and has it all deleted', {
      timeout: LONG_MS,
    }, async () => {
      await beginAnew(debian)
      expect(open(debian, [SCREEN])).toMatchObject({ opened: 'window' })
      const { origin } = new URL(debian.see('Welcome to Algiers', 'Try the demo library').address)
      const latest = <Job>(path: string): Promise<Job> =>
        vi.waitUntil(() => debian.ask<readonly Job[]>(`${origin}${path}`)[0], PATIENCE_MS)
      const demo = await latest<{ job_id: string }>('/api/jobs?kind=demo')
      expect(await settled(`${origin}/api/jobs/${demo.job_id}`)).toMatchObject({ status: 'completed', error: null })
      debian.see('24 tracks', 'Training')
      debian.see('Ready for training', 'Start Training')
      const training = await latest<{ job_id: string }>('/api/training/jobs')
      const trained = await settled(`${origin}/api/training/jobs/${training.job_id}`)
      expect(trained).toMatchObject({ status: 'completed', model_version: 1 })
      expect(trained.accuracy).toBeGreaterThan(0.8)
      // That stands there once the page has heard of the end.
      const shown = debian.see('F1 Score').text.replace(/\s+/g, ' ')
      expect(shown).toContain(`Accuracy ${percentText(Number(trained.accuracy)).replace(/\s/g, ' ')}`)
      expect(shown).toContain('Model Version v1')
      expect(debian.ask(`${origin}/api/health`)).toMatchObject({
        status: 'ok',
        version,
        tracks: 24,
        not_analysed: 0,
      })
      const report = debian.download(`${origin}/api/report`).toString()
      const { tracks } = debian.ask<{ tracks: readonly { title: string }[] }>(`${origin}/api/tracks?limit=100`)
      for (const name of [HOME, LIBRARY, ...tracks.map(({ title }) => title)]) expect(report).not.toContain(name)
      writeFileSync(join(debian.folder, BUNDLE), debian.download(`${origin}/api/training/models/1/export`))
      debian.ask(`${origin}/api/library/delete`, 'POST', { confirm: 'delete' })
      await expect.poll(() => debian.run(['ls', LIBRARY]).code).not.toBe(0)
    })

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

    testUpdateAndRemoval(() => debian, release)
  })
}
