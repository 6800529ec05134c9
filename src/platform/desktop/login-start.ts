import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import type { Machine } from './browser-places.ts'

/** The option that tells a start at login from one by hand. */
const AT_LOGIN = '--at-login'
/** As the LaunchAgent is called, and its file with it. */
const MAC_LABEL = 'app.algiers.login'
const RUN_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`
const RUN_VALUE = 'Algiers'

/** What runs now: Node, and the first file of the program. */
export type RunningProgram = { readonly node: string; readonly main: string }

export type LoginCommand = {
  readonly command: readonly string[]
  /** Whether it is the launcher of a package. */
  readonly isPackage: boolean
  /** Why it will not be there at the next login; null where it will. */
  readonly problem: string | null
}

/** macOS runs what was downloaded and not moved yet from a place of its own, another one each time. */
const MOVED_BY_MACOS = '/AppTranslocation/'

/**
 * The command that starts Algiers at login: the launcher of a package where there is one, since it knows what its Node needs and opens
 * no console; else what runs now.
 */
export const loginCommand = (
  { platform }: Machine,
  { node, main }: RunningProgram,
  isThere: (path: string) => boolean = existsSync,
): LoginCommand => {
  const { dirname, join } = platform === 'win32' ? win32 : posix
  const folder = dirname(dirname(node))
  // The launcher of Windows opens by itself.
  const launchers = {
    linux: [join(folder, 'algiers'), 'open'],
    darwin: [join(folder, 'bin', 'algiers'), 'open'],
    win32: [join(folder, 'Algiers.exe')],
  } as const
  const launcher = platform in launchers ? launchers[platform as keyof typeof launchers] : launchers.linux
  // A folder may hold something else of that name; a package has its program there, too.
  const isPackage = isThere(launcher[0]) && main.startsWith(join(folder, 'app'))
  const problem =
    platform === 'darwin' && node.includes(MOVED_BY_MACOS)
      ? 'macOS runs Algiers from a place that goes away. Drag it into your applications, and open it there.'
      : null
  return { command: isPackage ? [...launcher, AT_LOGIN] : [node, main, 'open', AT_LOGIN], isPackage, problem }
}

/** As the Desktop Entry Specification wants an argument of Exec: quoted, and then once more as any value of a key. */
const desktopArgument = (text: string): string =>
  `"${text.replace(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const autostartEntry = (command: readonly string[]): string => `[Desktop Entry]
Type=Application
Name=Algiers
Comment=Finds beats and sections in your music
Exec=${command.map(desktopArgument).join(' ')}
Terminal=false
X-GNOME-Autostart-enabled=true
`

/** What it has started goes on after it has ended. */
const launchAgent = (command: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${MAC_LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((part) => `    <string>${xmlText(part)}</string>`).join('\n')}
  </array>
  <key>RunAtLoad</key><true/>
  <key>AbandonProcessGroup</key><true/>
</dict>
</plist>
`

/** As the C runtime of Windows takes a command line apart. */
const windowsArgument = (text: string): string =>
  `"${text.replace(/(\\*)("|$)/g, '$1$1$2').replaceAll('"', String.raw`\"`)}"`

/** Where the command stands in a file; all else may have been changed by the settings of the desktop. */
const COMMAND = /^Exec=[^\n]*$|<array>.*?<\/array>/ms

/** Whether what is written starts another command, and is otherwise as it was made. */
export const startsAnother = (written: string, start: LoginStart): boolean =>
  !written.includes(start.text) &&
  ('registry' in start || written.replace(COMMAND, '') === start.text.replace(COMMAND, ''))

/** A file that the session reads at login, or a value of the registry; both are the documented ways. */
export type LoginStart =
  | { readonly file: string; readonly text: string }
  | { readonly registry: { readonly key: string; readonly value: string }; readonly text: string }

export const loginStart = ({ platform, environment, home }: Machine, command: readonly string[]): LoginStart => {
  if (platform === 'win32')
    return { registry: { key: RUN_KEY, value: RUN_VALUE }, text: command.map(windowsArgument).join(' ') }
  if (platform === 'darwin')
    return { file: posix.join(home, 'Library', 'LaunchAgents', `${MAC_LABEL}.plist`), text: launchAgent(command) }
  const config = environment.XDG_CONFIG_HOME || posix.join(home, '.config')
  return { file: posix.join(config, 'autostart', 'algiers.desktop'), text: autostartEntry(command) }
}
