import { expect, test } from 'vitest'
import type { Machine } from './browser-places.ts'
import { loginCommand, loginStart } from './login-start.ts'

const on = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}, home = '/home/dj'): Machine => ({
  platform,
  environment,
  home,
})

const LINUX = { node: '/usr/lib/algiers/runtime/node', main: '/usr/lib/algiers/app/lib/cli/main.js' }
const WINDOWS = {
  node: 'C:\\Users\\Ann Ä\\Programs\\Algiers\\runtime\\node.exe',
  main: 'C:\\Users\\Ann Ä\\Programs\\Algiers\\app\\lib\\cli\\main.js',
}

test('a package is started by its launcher, which needs no console and knows what its Node needs', () => {
  expect(loginCommand(on('linux'), LINUX, () => true)).toEqual({
    command: ['/usr/lib/algiers/algiers', 'open', '--at-login'],
    isPackage: true,
    problem: null,
  })
  const mac = '/Applications/Algiers.app/Contents/Resources'
  const running = { node: `${mac}/runtime/node`, main: `${mac}/app/lib/cli/main.js` }
  expect(loginCommand(on('darwin'), running, () => true).command).toEqual([`${mac}/bin/algiers`, 'open', '--at-login'])
  expect(loginCommand(on('win32'), WINDOWS, () => true).command).toEqual([
    'C:\\Users\\Ann Ä\\Programs\\Algiers\\Algiers.exe',
    '--at-login',
  ])
})

test('where there is no package, Node runs the file that runs now', () => {
  expect(loginCommand(on('linux'), LINUX, () => false)).toEqual({
    command: [LINUX.node, LINUX.main, 'open', '--at-login'],
    isPackage: false,
    problem: null,
  })
  const npm = { node: '/usr/bin/node', main: '/usr/lib/node_modules/algiers/lib/cli/main.js' }
  expect(loginCommand(on('linux'), npm, () => true).command).toEqual([npm.node, npm.main, 'open', '--at-login'])
})

test('what macOS runs from a place of its own will not be there at the next login', () => {
  const place = '/private/var/folders/ab/cd/T/AppTranslocation/0-1/d/Algiers.app/Contents/Resources'
  const running = { node: `${place}/runtime/node`, main: `${place}/app/lib/cli/main.js` }
  expect(loginCommand(on('darwin'), running, () => true).problem).toContain('Drag it into your applications')
  expect(loginCommand(on('linux'), running, () => true).problem).toBeNull()
})

test('on Linux it is an autostart entry of the desktop, where its settings lie', () => {
  const { file, text } = loginStart(on('linux'), ['/opt/My $Music "100%"\\a`b/algiers', 'open']) as {
    file: string
    text: string
  }
  expect(file).toBe('/home/dj/.config/autostart/algiers.desktop')
  // Desktop Entry Specification 1.5: quoted, escaped in the quotes, and backslashes once more as in any string.
  expect(text.split('\n')).toContain(`${String.raw`Exec="/opt/My \\$Music \\"100%%\\"\\\\a\\`}\`b/algiers" "open"`)
  expect(text.startsWith('[Desktop Entry]\nType=Application\nName=Algiers\n')).toBe(true)
  expect(loginStart(on('linux', { XDG_CONFIG_HOME: '/cfg' }), ['a'])).toMatchObject({
    file: '/cfg/autostart/algiers.desktop',
  })
})

test('on a Mac it is a LaunchAgent, and what it has started goes on', () => {
  const start = loginStart(on('darwin', {}, '/Users/dj'), ['/Apps/A & <B>/algiers', 'open'])
  expect(start).toMatchObject({ file: '/Users/dj/Library/LaunchAgents/app.algiers.login.plist' })
  expect(start.text).toContain('    <string>/Apps/A &amp; &lt;B&gt;/algiers</string>\n    <string>open</string>\n')
  expect(start.text).toContain('<key>RunAtLoad</key><true/>')
  expect(start.text).toContain('<key>AbandonProcessGroup</key><true/>')
  expect(start.text).toContain('<key>Label</key><string>app.algiers.login</string>')
})

test('on Windows it is a value of the Run key, quoted as programs take it apart', () => {
  expect(loginStart(on('win32'), ['C:\\Ann Ä\\Algiers.exe', '--at-login'])).toEqual({
    registry: { key: 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run', value: 'Algiers' },
    text: '"C:\\Ann Ä\\Algiers.exe" "--at-login"',
  })
  expect(loginStart(on('win32'), ['C:\\folder\\', 'say "a\\"'])).toMatchObject({
    text: '"C:\\folder\\\\" "say \\"a\\\\\\""',
  })
})
