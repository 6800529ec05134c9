import { expect, test } from 'vitest'
import { browserPlaces, hasScreen, isConfined, screenArguments } from './browser-places.ts'

test('on Linux every folder of the PATH is looked into, and that of snap packages, by the name that is preferred first', () => {
  const places = browserPlaces({
    platform: 'linux',
    environment: { PATH: '/usr/local/bin:/usr/bin:relative:' },
    home: '/home/dj',
  })
  expect(places.slice(0, 3)).toEqual([
    '/usr/local/bin/google-chrome-stable',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/google-chrome-stable',
  ])
  expect(places).toContain('/snap/bin/chromium')
  expect(places.filter((place) => !place.startsWith('/'))).toEqual([])
})

test('a browser that only Flatpak has is found behind all others, and is left with its own profile, as that of a snap is', () => {
  const places = browserPlaces({ platform: 'linux', environment: { PATH: '/usr/bin' }, home: '/home/dj' })
  const flatpak = places.indexOf('/var/lib/flatpak/exports/bin/com.google.Chrome')
  expect(flatpak).toBeGreaterThan(places.indexOf('/usr/bin/vivaldi'))
  expect(places.at(-1)).toBe('/home/dj/.local/share/flatpak/exports/bin/com.vivaldi.Vivaldi')
  expect(places.filter(isConfined)).toEqual([
    ...places.filter((place) => place.startsWith('/snap/')),
    ...places.slice(flatpak),
  ])
})

test('on a Mac applications of everyone and of the person are looked for', () => {
  const places = browserPlaces({ platform: 'darwin', environment: { PATH: '/usr/bin' }, home: '/Users/dj' })
  expect(places.slice(0, 2)).toEqual([
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Users/dj/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ])
})

test('on Windows the folders for programs are looked into, and Edge is among what is found', () => {
  const environment = {
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    LOCALAPPDATA: 'C:\\Users\\dj\\AppData\\Local',
  }
  const places = browserPlaces({ platform: 'win32', environment, home: 'C:\\Users\\dj' })
  expect(places[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')
  expect(places).toContain('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe')
  expect(places).toContain('C:\\Users\\dj\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe')
})

test('a browser that the person names comes before all', () => {
  const environment = { PATH: '/usr/bin', ALGIERS_BROWSER: '/opt/browser' }
  expect(browserPlaces({ platform: 'linux', environment, home: '/home/dj' })[0]).toBe('/opt/browser')
})

test('on Linux there is a screen where X11 or Wayland says so', () => {
  const on = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean =>
    hasScreen({ platform, environment, home: '/' })
  expect([on('linux', {}), on('linux', { DISPLAY: ':0' }), on('linux', { WAYLAND_DISPLAY: 'wayland-0' })]).toEqual([
    false,
    true,
    true,
  ])
  expect([on('darwin', {}), on('win32', {})]).toEqual([true, true])
})

test('where there is Wayland alone, a browser is told so', () => {
  const on = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly string[] =>
    screenArguments({ platform, environment, home: '/' })
  expect(on('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['--ozone-platform=wayland'])
  expect(on('linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: '' })).toEqual(['--ozone-platform=wayland'])
  expect(on('linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' })).toEqual([])
  expect([on('linux', { DISPLAY: ':0' }), on('darwin', { WAYLAND_DISPLAY: 'of-somebody' })]).toEqual([[], []])
})
