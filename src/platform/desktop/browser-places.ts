import { posix, win32 } from 'node:path'

/** What of the operating system decides where programs lie. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
}

/** Names of executables on Linux, those that are likeliest to be kept up to date first. */
const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'vivaldi-stable',
  'vivaldi',
] as const
/** What Flatpak calls them: it is all that there is on some systems, and comes last, since it takes longest to start. */
const FLATPAK_NAMES = [
  'com.google.Chrome',
  'org.chromium.Chromium',
  'com.microsoft.Edge',
  'com.brave.Browser',
  'com.vivaldi.Vivaldi',
] as const
const FLATPAKS = '/var/lib/flatpak/exports/bin'
/** Below the home folder. */
const OWN_FLATPAKS = '.local/share/flatpak/exports/bin'

/** Names of applications on macOS; the executable inside is called the same. */
const MAC_NAMES = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser', 'Vivaldi'] as const
/** Where their installers put them on Windows, under the folders for programs. */
const WINDOWS_PLACES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  // Part of Windows, so that there is always one.
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Vivaldi', 'Application', 'vivaldi.exe'],
] as const

const onLinux = ({ PATH = '' }: NodeJS.ProcessEnv, home: string): readonly string[] => {
  const folders = PATH.split(posix.delimiter).filter((folder) => posix.isAbsolute(folder))
  const flatpaks = [FLATPAKS, posix.join(home, OWN_FLATPAKS)]
  return [
    ...LINUX_NAMES.flatMap((name) => [...new Set([...folders, '/snap/bin'])].map((folder) => posix.join(folder, name))),
    ...FLATPAK_NAMES.flatMap((name) => flatpaks.map((folder) => posix.join(folder, name))),
  ]
}

/** Whether a browser may not look into hidden folders of the home folder, so that it is left with its own profile. */
export const isConfined = (browser: string): boolean => browser.startsWith('/snap/') || browser.includes('/flatpak/')

const onMac = (home: string): readonly string[] =>
  MAC_NAMES.flatMap((name) =>
    ['/Applications', posix.join(home, 'Applications')].map((folder) =>
      posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name),
    ),
  )

const onWindows = (environment: NodeJS.ProcessEnv): readonly string[] => {
  const { ProgramFiles, 'ProgramFiles(x86)': ProgramFilesX86, LOCALAPPDATA } = environment
  const folders = [ProgramFiles, ProgramFilesX86, LOCALAPPDATA].filter((folder) => folder !== undefined)
  return WINDOWS_PLACES.flatMap((place) => folders.map((folder) => win32.join(folder, ...place)))
}

/**
 * Where a browser of the Chromium family may lie, the one to be preferred first: only those open a window without an address bar.
 * `ALGIERS_BROWSER` names another, which comes before all.
 */
export const browserPlaces = ({ platform, environment, home }: Machine): readonly string[] => {
  const { ALGIERS_BROWSER: own } = environment
  const known =
    platform === 'win32' ? onWindows(environment) : platform === 'darwin' ? onMac(home) : onLinux(environment, home)
  return own ? [own, ...known] : known
}

/** Whether a window can be opened at all: over SSH or on a server there is no screen. */
export const hasScreen = ({ platform, environment }: Machine): boolean =>
  platform === 'win32' ||
  platform === 'darwin' ||
  Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY || environment.WSL_DISTRO_NAME)

/** Where there is Wayland alone, a browser that is not told so looks for a screen of X, and ends. */
export const screenArguments = ({ platform, environment }: Machine): readonly string[] =>
  platform === 'linux' && !environment.DISPLAY && environment.WAYLAND_DISPLAY ? ['--ozone-platform=wayland'] : []
