import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import openInBrowser from 'open'
import { browserPlaces, hasScreen, isConfined, type Machine, screenArguments } from './browser-places.ts'
import { restingPlace } from './resting-place.ts'

/** By this name a desktop puts the windows of Algiers together, under its own icon. */
const WINDOW_CLASS = 'Algiers'
/** A browser that cannot start has ended by then. */
const FAILS_WITHIN_MS = 1500

/** Nothing leaves this machine: a profile of its own fetches nothing by itself. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'] as const

const thisMachine = (): Machine => ({ platform: process.platform, environment: process.env, home: homedir() })

/**
 * What the browser keeps of the window lies apart from the person's own pages, and is the same for every library. Windows carries its
 * folder for configuration from one machine to the next, which is no place for a profile.
 */
const windowProfile = (): string => {
  const { config, data } = envPaths('algiers', { suffix: '' })
  return process.platform === 'win32' ? join(data, '..', 'Window') : join(config, 'window')
}

const windowArguments = (address: string, browser: string, isOwnProfile: boolean): readonly string[] => [
  `--app=${address}`,
  ...screenArguments(thisMachine()),
  `--class=${WINDOW_CLASS}`,
  ...(isOwnProfile && !isConfined(browser) ? [`--user-data-dir=${windowProfile()}`, ...QUIET] : []),
  '--no-first-run',
  '--no-default-browser-check',
]

/** Lets a program go on by itself. @returns whether it started, and did not fail at once */
const hasStarted = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), FAILS_WITHIN_MS)
    const end = (isThere: boolean): void => {
      clearTimeout(timer)
      resolve(isThere)
    }
    child.on('error', () => end(false))
    // Where one is running already, the new process hands the address over and ends.
    child.on('exit', (code) => end(code === 0))
    child.unref()
  })

const startProgram = (path: string, args: readonly string[]): Promise<boolean> =>
  hasStarted(spawn(path, args, { detached: true, stdio: 'ignore', cwd: restingPlace() }))

/** Where an address was opened; null where there is no screen to open it on, or no browser. */
export type OpenedIn = 'window' | 'browser' | null

/**
 * Opens an address in a window of its own where a browser can do that, else in the browser of the person.
 * @param isOwnProfile false where the disk may not take a profile
 */
export const openWindow = async (address: string, { isOwnProfile = true } = {}): Promise<OpenedIn> => {
  const machine = thisMachine()
  if (!hasScreen(machine)) return null
  for (const browser of browserPlaces(machine).filter((path) => existsSync(path)))
    if (await startProgram(browser, windowArguments(address, browser, isOwnProfile))) return 'window'
  return (await hasStarted(await openInBrowser(address))) ? 'browser' : null
}
